package gatehouse.flink;

/**
 * What a key waits for.
 *
 * @param facts how many facts are buffered
 * @param earliest event time of the earliest of them in milliseconds, the largest long if none
 * @param timer event time for which the key's one timer is set, the largest long if none
 */
record Pending(int facts, long earliest, long timer) {

  static final long NEVER = Long.MAX_VALUE;

  static final Pending NOTHING = new Pending(0, NEVER, NEVER);
}
