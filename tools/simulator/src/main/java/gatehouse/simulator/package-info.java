/**
 * A small city that lives: places, people, vehicles, and devices that report what they see, with
 * something wrong now and then.
 */
@NullMarked
package gatehouse.simulator;

import org.jspecify.annotations.NullMarked;
