/** Where things are: gates, doors, zones, and the devices at them. */
@NullMarked
package gatehouse.labelled.estate;

import org.jspecify.annotations.NullMarked;
