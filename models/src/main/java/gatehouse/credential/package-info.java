/**
 * The credential list protocol: signed, expiring changes of the list that a terminal opens by, the
 * terminal's answers, and the read-back that proves what it holds.
 */
@NullMarked
package gatehouse.credential;

import org.jspecify.annotations.NullMarked;
