/** The remote-open protocol: signed, expiring door commands and the door's answers. */
@NullMarked
package gatehouse.door;

import org.jspecify.annotations.NullMarked;
