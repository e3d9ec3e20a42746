/** One opening of a door: who was authorised, who passed, and whether that adds up. */
@NullMarked
package gatehouse.model.tailgate;

import org.jspecify.annotations.NullMarked;
