package gatehouse.api.statistics;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time a report is about.
 *
 * @param from inclusive
 * @param to exclusive
 */
record Period(Instant from, Instant to) {

  private static final Duration LONGEST = Duration.ofDays(92);
  private static final Duration USUAL = Duration.ofDays(30);

  /** As the request says; the last 30 days if it says nothing. */
  static Period of(@Nullable String from, @Nullable String to, Instant now) {
    Instant end = Inputs.instant("to", to);
    if (end == null) {
      end = now;
    }
    Instant begin = Inputs.instant("from", from);
    if (begin == null) {
      begin = end.minus(USUAL);
    }
    if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(LONGEST) > 0) {
      throw Refusal.badValue("from");
    }
    return new Period(begin, end);
  }
}
