/** What is known of one lift car: its door, whether it moves, who rides. */
@NullMarked
package gatehouse.model.lift;

import org.jspecify.annotations.NullMarked;
