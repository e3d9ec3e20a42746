/** Whether the streaming job finds in a labelled city exactly what the scorecard says it does. */
@NullMarked
package gatehouse.score.live;

import org.jspecify.annotations.NullMarked;
