/** Findings become alerts: episodes with deterministic ids, severity and lawful audiences. */
@NullMarked
package gatehouse.alert;

import org.jspecify.annotations.NullMarked;
