/**
 * What models say of data that was recorded in real buildings and on real roads. The data are not
 * part of the project; each class says which files it reads.
 */
@NullMarked
package gatehouse.score.real;

import org.jspecify.annotations.NullMarked;
