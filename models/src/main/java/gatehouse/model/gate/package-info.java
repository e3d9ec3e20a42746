/** Who passes a gate together with whom. */
@NullMarked
package gatehouse.model.gate;

import org.jspecify.annotations.NullMarked;
