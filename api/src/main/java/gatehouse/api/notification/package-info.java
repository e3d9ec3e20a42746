/**
 * Who is told of an alert, and when: caps and digests, silences, inhibition, budgets, escalation.
 */
@NullMarked
package gatehouse.api.notification;

import org.jspecify.annotations.NullMarked;
