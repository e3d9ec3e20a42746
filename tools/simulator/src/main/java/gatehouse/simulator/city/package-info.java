/** The city as it is registered: communities, places, devices, people, vehicles. */
@NullMarked
package gatehouse.simulator.city;

import org.jspecify.annotations.NullMarked;
