/** Devices, and how well they are. */
@NullMarked
package gatehouse.api.device;

import org.jspecify.annotations.NullMarked;
