/** What devices whose clocks differ report, in its true order. */
@NullMarked
package gatehouse.model.clock;

import org.jspecify.annotations.NullMarked;
