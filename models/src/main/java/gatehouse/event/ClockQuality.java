package gatehouse.event;

/** How far the device's clock can be trusted, as the intake judged it. */
public enum ClockQuality {
  /** Agrees with the gateway's clock within the transport delay. */
  GOOD,
  /** Off by more than the tolerated skew, but still usable. */
  SKEWED,
  /** Sent from a buffer long after it happened: the skew cannot be judged. */
  BUFFERED,
  /** Nothing is known: a replayed log, or a device that sends no time. */
  UNKNOWN
}
