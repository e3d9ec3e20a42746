/** What happens in the city: people come and go, and sometimes something is wrong. */
@NullMarked
package gatehouse.simulator.life;

import org.jspecify.annotations.NullMarked;
