/**
 * The scorecard: the labelled city is run through the models, alerts are matched with labels, and
 * every model stands beside the naive rule it has to beat.
 */
@NullMarked
package gatehouse.score;

import org.jspecify.annotations.NullMarked;
