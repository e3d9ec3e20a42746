/** The scorecard as a table, as JSON and as a page. */
@NullMarked
package gatehouse.score.report;

import org.jspecify.annotations.NullMarked;
