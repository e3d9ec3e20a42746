/**
 * The reference door: the strictest reading of the remote-open protocol. A maker of doors can
 * compare their own with it.
 */
@NullMarked
package gatehouse.simulator.door;

import org.jspecify.annotations.NullMarked;
