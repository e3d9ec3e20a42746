/** What people do on an ordinary day. */
@NullMarked
package gatehouse.labelled.routine;

import org.jspecify.annotations.NullMarked;
