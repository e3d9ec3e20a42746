package gatehouse.bench;

/**
 * One round of one side.
 *
 * @param perSecond messages a second, by the wall clock
 * @param cpuMicros CPU time a message of the process that is measured, in microseconds
 */
public record Sample(double perSecond, double cpuMicros) {}
