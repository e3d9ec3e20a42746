/** The data directory: one launcher at a time, its ports, its secrets. */
@NullMarked
package gatehouse.launcher.data;

import org.jspecify.annotations.NullMarked;
