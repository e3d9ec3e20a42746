/** What the columns of a log mean: a row becomes device events. */
@NullMarked
package gatehouse.replay.mapping;

import org.jspecify.annotations.NullMarked;
