package gatehouse.model.denied;

import gatehouse.stats.EventRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The denials of the last 24 hours, and what was usual before.
 *
 * <p>A denial becomes part of the usual rate when it leaves the day, so a slow series is never
 * measured against itself; what was part of an alert never becomes usual.
 *
 * @param today oldest first, at most as many as {@link #plus} was told
 * @param usual the rate until a day ago
 */
public record DayOfDenials(List<Denial> today, EventRate usual) {

  private static final Duration DAY = Duration.ofDays(1);

  /**
   * One denial.
   *
   * @param event its event id
   * @param at when
   * @param hour local hour
   * @param alarmed whether it is part of an alert
   */
  public record Denial(String event, Instant at, int hour, boolean alarmed) {}

  /**
   * Nothing seen yet.
   *
   * @param bins 24 to tell the hours apart, 1 not to
   */
  static DayOfDenials startingAt(Instant time, int bins) {
    return new DayOfDenials(List.of(), EventRate.startingAt(time, bins));
  }

  /** The same with one more; what is older than a day, or too many, becomes usual. */
  DayOfDenials plus(Attempt attempt, int limit, Duration halfLife) {
    List<Denial> next = new ArrayList<>(today);
    next.add(new Denial(attempt.id(), attempt.time(), attempt.hour(), false));
    EventRate rate = usual;
    Instant dayAgo = attempt.time().minus(DAY);
    while (next.get(0).at().isBefore(dayAgo) || next.size() > limit) {
      Denial oldest = next.remove(0);
      rate = rate.at(oldest.at(), halfLife);
      if (!oldest.alarmed()) {
        rate = rate.plus(oldest.hour() % rate.counts().size());
      }
    }
    return new DayOfDenials(List.copyOf(next), rate.at(dayAgo, halfLife));
  }

  /** The same with these marked as part of an alert. */
  DayOfDenials alarmed(List<Attempt> attempts) {
    List<String> ids = attempts.stream().map(Attempt::id).toList();
    return new DayOfDenials(
        today.stream()
            .map(
                denial ->
                    ids.contains(denial.event())
                        ? new Denial(denial.event(), denial.at(), denial.hour(), true)
                        : denial)
            .toList(),
        usual);
  }

  int count() {
    return today.size();
  }
}
