/** Who is how long in an area where nobody has a reason to dwell. */
@NullMarked
package gatehouse.model.loiter;

import org.jspecify.annotations.NullMarked;
