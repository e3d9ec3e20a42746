package gatehouse.ingest;

import java.time.Duration;

/**
 * How long an MQTT connection may be silent.
 *
 * @param keepAlive of the MQTT protocol
 * @param probeAfter without a message, before it is asked for a sign of life
 * @param probeLimit for that sign
 * @param stuckLimit for an acknowledgement to go out while Kafka works
 * @param renewAfter without a message, before it is replaced by a new one, whatever the probes say:
 *     the broker may have stopped dealing messages to it, which no probe can see
 */
record Patience(
    Duration keepAlive,
    Duration probeAfter,
    Duration probeLimit,
    Duration stuckLimit,
    Duration renewAfter) {

  /** Finds a silent connection within 40 seconds. */
  static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(50));
}
