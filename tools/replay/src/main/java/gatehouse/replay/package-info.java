/** Replays the log of any building or gate through the whole pipeline, in event time. */
@NullMarked
package gatehouse.replay;

import org.jspecify.annotations.NullMarked;
