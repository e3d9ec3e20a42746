/** Remote open: commands, their states, lockdowns. */
@NullMarked
package gatehouse.api.door;

import org.jspecify.annotations.NullMarked;
