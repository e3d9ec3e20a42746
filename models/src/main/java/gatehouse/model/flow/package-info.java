/** Counts of passages: what is counted, what is usual, and when it is not. */
@NullMarked
package gatehouse.model.flow;

import org.jspecify.annotations.NullMarked;
