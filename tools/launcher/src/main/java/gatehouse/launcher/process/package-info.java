/** Child processes: started, probed, restarted when they die, stopped in order. */
@NullMarked
package gatehouse.launcher.process;

import org.jspecify.annotations.NullMarked;
