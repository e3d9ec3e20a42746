/** Who and what is registered, each fact with the time for which it is valid. */
@NullMarked
package gatehouse.registry;

import org.jspecify.annotations.NullMarked;
