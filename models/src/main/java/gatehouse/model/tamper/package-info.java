/** What is kept of devices that somebody tampers with. */
@NullMarked
package gatehouse.model.tamper;

import org.jspecify.annotations.NullMarked;
