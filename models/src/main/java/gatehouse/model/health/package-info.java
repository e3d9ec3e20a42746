/** How devices are: what is learned of one device, and what is told of a community's. */
@NullMarked
package gatehouse.model.health;

import org.jspecify.annotations.NullMarked;
