/** The counts of the console's header. */
@NullMarked
package gatehouse.api.overview;

import org.jspecify.annotations.NullMarked;
