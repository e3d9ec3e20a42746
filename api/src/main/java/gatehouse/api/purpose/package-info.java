/** What personal look-ups of the police need: a case in force that covers them. */
@NullMarked
package gatehouse.api.purpose;

import org.jspecify.annotations.NullMarked;
