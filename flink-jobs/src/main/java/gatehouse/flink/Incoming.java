package gatehouse.flink;

import gatehouse.fact.Fact;
import gatehouse.wire.DeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was read from a source: a fact, or why the bytes are none.
 *
 * @param fact the fact, if it is one
 * @param refused the dead letter, if not
 */
record Incoming(@Nullable Fact fact, @Nullable DeadLetter refused) {

  /** A fact that can be shown to models, or the reason why not. */
  static Incoming of(Fact fact) {
    String wrong = wrong(fact);
    return wrong.isEmpty()
        ? new Incoming(fact, null)
        : new Incoming(null, Refused.fact(Refused.STAGE, "MALFORMED", wrong, fact));
  }

  private static String wrong(Fact fact) {
    if (fact.community().isEmpty()) {
      return "community is missing";
    }
    Instant time = fact.time();
    return time.isBefore(EventTime.FIRST) || time.isAfter(EventTime.LAST)
        ? "time is out of range"
        : "";
  }

  /** The fact's event time in milliseconds; 0 for what was refused. */
  long timestamp() {
    return fact == null ? 0 : EventTime.millis(fact.time());
  }
}
