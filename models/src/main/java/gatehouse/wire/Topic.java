package gatehouse.wire;

import java.time.Duration;

/** Every Kafka topic: its name, what its records are keyed by, and how long they are kept. */
public enum Topic {
  /** Accepted device events; key: community. */
  EVENTS("gatehouse.events", Cleanup.DELETE, Duration.ofDays(7)),
  /** Registry and site facts; key: kind, community and id of the version. */
  FACTS("gatehouse.facts", Cleanup.COMPACT, Duration.ZERO),
  /** Changes of model settings; key: model, scope and effective time. */
  SETTINGS("gatehouse.settings", Cleanup.COMPACT, Duration.ZERO),
  /** Alert revisions; key: alert id. */
  ALERTS("gatehouse.alerts", Cleanup.DELETE, Duration.ofDays(30)),
  /** What is to be said to people, for calls and pushes; key: community. */
  NOTIFICATIONS("gatehouse.notifications", Cleanup.DELETE, Duration.ofDays(7)),
  /** Events behind the watermark; key: community. */
  LATE("gatehouse.late", Cleanup.DELETE, Duration.ofDays(30)),
  /** What the intake or a model refused, with the reason; key: community or none. */
  DEAD_LETTERS("gatehouse.dead-letters", Cleanup.DELETE, Duration.ofDays(30)),
  /** How far event time has come; key: job and subtask. */
  PROGRESS("gatehouse.progress", Cleanup.COMPACT, Duration.ZERO);

  /** What Kafka does with old records. */
  public enum Cleanup {
    DELETE,
    COMPACT
  }

  private final String topicName;
  private final Cleanup cleanup;
  private final Duration retention;

  Topic(String topicName, Cleanup cleanup, Duration retention) {
    this.topicName = topicName;
    this.cleanup = cleanup;
    this.retention = retention;
  }

  /** The name in Kafka. */
  public String topicName() {
    return topicName;
  }

  /** What Kafka does with old records. */
  public Cleanup cleanup() {
    return cleanup;
  }

  /** How long records are kept; zero for compacted topics. */
  public Duration retention() {
    return retention;
  }
}
