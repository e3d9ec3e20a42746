/**
 * Where things are: communities, zones, places, devices, and how long the way between places takes
 * at least.
 */
@NullMarked
package gatehouse.site;

import org.jspecify.annotations.NullMarked;
