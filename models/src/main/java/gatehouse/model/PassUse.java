package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A use of a visitor's pass, or an attempt.
 *
 * @param event the event
 * @param placeName the place as shown to people
 * @param timeZone in which times are shown; empty: UTC
 * @param leaving whether it was on the way out
 * @param passed whether it was let pass
 * @param counts whether it counts against the pass's limit
 * @param number how many uses counted up to this one, itself included
 * @param trueTime when, corrected by what the device's clock is off
 * @param sigma standard deviation of that, in seconds
 * @param elsewhere the use just before at a place too far away; null: none
 * @param told what was told of it; null: nothing
 */
public record PassUse(
    Evidence event,
    String placeName,
    String timeZone,
    boolean leaving,
    boolean passed,
    boolean counts,
    int number,
    Instant trueTime,
    double sigma,
    @Nullable Elsewhere elsewhere,
    @Nullable Misuse told) {

  /**
   * The same pass just before, too far away for one person.
   *
   * @param event the other use
   * @param placeName its place as shown to people
   * @param takenSeconds time between the two
   * @param leastSeconds least time for the way
   * @param clock probability that the clocks explain it
   */
  public record Elsewhere(
      Evidence event, String placeName, double takenSeconds, double leastSeconds, double clock) {}

  /** How a pass is misused; of several, the first is told. */
  public enum Misuse {
    TWO_DOORS,
    WITHDRAWN,
    ENDED,
    TOO_EARLY,
    WRONG_DOOR,
    TOO_MANY_USES
  }

  static PassUse of(PassageInContext passage, AccessEvent use, boolean counts, int number) {
    return new PassUse(
        Evidence.of(use, "visitor-pass-misuse.use"),
        Labels.of(use.place()),
        use.place().timeZone(),
        use.direction() == Direction.OUT,
        use.passed(),
        counts,
        number,
        passage.trueTime(),
        passage.clockSigma(),
        null,
        null);
  }

  PassUse after(@Nullable Elsewhere other) {
    return new PassUse(
        event, placeName, timeZone, leaving, passed, counts, number, trueTime, sigma, other, told);
  }

  PassUse told(@Nullable Misuse misuse) {
    return new PassUse(
        event, placeName, timeZone, leaving, passed, counts, number, trueTime, sigma, elsewhere,
        misuse);
  }

  Instant time() {
    return event.time();
  }

  ZoneId local() {
    return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }
}
