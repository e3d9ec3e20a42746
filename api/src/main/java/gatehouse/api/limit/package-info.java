/** How much anybody may ask for, so that enough is left for everybody else. */
@NullMarked
package gatehouse.api.limit;

import org.jspecify.annotations.NullMarked;
