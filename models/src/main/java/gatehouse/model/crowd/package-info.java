/** How many people are in an area, as its cameras see them. */
@NullMarked
package gatehouse.model.crowd;

import org.jspecify.annotations.NullMarked;
