/** What Gatehouse costs, measured beside the least it could cost, in one run on one machine. */
@NullMarked
package gatehouse.bench;

import org.jspecify.annotations.NullMarked;
