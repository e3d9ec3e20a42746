/** Logs as they come: delimited text in any dialect, encoding and order of columns. */
@NullMarked
package gatehouse.replay.log;

import org.jspecify.annotations.NullMarked;
