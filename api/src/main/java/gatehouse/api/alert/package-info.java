/** Alerts: stored, listed, streamed, handled. */
@NullMarked
package gatehouse.api.alert;

import org.jspecify.annotations.NullMarked;
