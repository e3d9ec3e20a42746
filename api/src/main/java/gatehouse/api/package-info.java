/** The HTTP API: what people see of the city, and how they open a door. */
@NullMarked
package gatehouse.api;

import org.jspecify.annotations.NullMarked;
