/** What fire-anomaly knows of the sensors of a place, and what it makes of them. */
@NullMarked
package gatehouse.model.fire;

import org.jspecify.annotations.NullMarked;
