/** Who lives, works and calls there, and what is registered of them. */
@NullMarked
package gatehouse.labelled.people;

import org.jspecify.annotations.NullMarked;
