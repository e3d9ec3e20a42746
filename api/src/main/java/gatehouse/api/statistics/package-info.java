/** Figures over a time: doors, devices, and how fast alerts are answered. */
@NullMarked
package gatehouse.api.statistics;

import org.jspecify.annotations.NullMarked;
