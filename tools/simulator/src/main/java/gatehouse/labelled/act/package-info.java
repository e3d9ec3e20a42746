/** What physically happens; the truth that devices see a part of. */
@NullMarked
package gatehouse.labelled.act;

import org.jspecify.annotations.NullMarked;
