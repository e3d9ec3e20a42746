/** What devices report: the nine kinds of {@link gatehouse.event.DeviceEvent}. */
@NullMarked
package gatehouse.event;

import org.jspecify.annotations.NullMarked;
