/** In whichever order facts arrive, the alerts in the end are the same. */
@NullMarked
package gatehouse.arrival;

import org.jspecify.annotations.NullMarked;
