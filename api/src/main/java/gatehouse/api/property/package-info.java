/**
 * What the property company does in a day: passes, permits, lists to work through, fire, reports.
 */
@NullMarked
package gatehouse.api.property;

import org.jspecify.annotations.NullMarked;
