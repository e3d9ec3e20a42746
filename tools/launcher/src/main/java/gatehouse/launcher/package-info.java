/** Everything in one command: the whole of Gatehouse on one machine, one JVM a service. */
@NullMarked
package gatehouse.launcher;

import org.jspecify.annotations.NullMarked;
