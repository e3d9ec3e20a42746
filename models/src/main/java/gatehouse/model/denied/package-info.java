/** The rules about denials: at one door, and along the way of one subject. */
@NullMarked
package gatehouse.model.denied;

import org.jspecify.annotations.NullMarked;
