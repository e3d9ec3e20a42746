/** The rules that people write first; what a model has to beat. */
@NullMarked
package gatehouse.score.naive;

import org.jspecify.annotations.NullMarked;
