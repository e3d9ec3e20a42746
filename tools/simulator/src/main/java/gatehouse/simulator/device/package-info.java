/** Simulated devices and their connections to the broker. */
@NullMarked
package gatehouse.simulator.device;

import org.jspecify.annotations.NullMarked;
