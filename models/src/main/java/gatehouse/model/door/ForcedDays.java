package gatehouse.model.door;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a door was forced, day by day.
 *
 * @param days the newest at the end, at most {@value #LIMIT}
 */
public record ForcedDays(List<Day> days) {

  /** Never forced. */
  public static final ForcedDays NONE = new ForcedDays(List.of());

  private static final int LIMIT = 9;

  /**
   * One local day.
   *
   * @param day days since 1970-01-01
   * @param from its first moment
   * @param to its end, exclusive
   * @param count forced openings
   */
  public record Day(long day, Instant from, Instant to, int count) {

    private Day plus(int more) {
      return new Day(day, from, to, count + more);
    }

    private boolean holds(Instant time) {
      return !time.isBefore(from) && time.isBefore(to);
    }
  }

  /** The same with one more forced opening. */
  public ForcedDays plus(Instant time, ZoneId zone) {
    LocalDate date = time.atZone(zone).toLocalDate();
    List<Day> next = new ArrayList<>(days);
    Day last = next.isEmpty() ? null : next.get(next.size() - 1);
    if (last != null && last.day() == date.toEpochDay()) {
      next.set(next.size() - 1, last.plus(1));
    } else {
      Instant from = date.atStartOfDay(zone).toInstant();
      Instant to = date.plusDays(1).atStartOfDay(zone).toInstant();
      next.add(new Day(date.toEpochDay(), from, to, 1));
    }
    if (next.size() > LIMIT) {
      next.remove(0);
    }
    return new ForcedDays(List.copyOf(next));
  }

  /** The same without one that turned out to be explained. */
  public ForcedDays minus(Instant time) {
    return new ForcedDays(days.stream().map(day -> day.holds(time) ? day.plus(-1) : day).toList());
  }

  /**
   * The forced openings of the run of days, ending today or yesterday, on each of which there were
   * more than {@code perDay}; 0 if the run is shorter than {@code atLeast} days.
   */
  public int nuisance(Instant time, ZoneId zone, int perDay, int atLeast) {
    long today = time.atZone(zone).toLocalDate().toEpochDay();
    int run = 0;
    int count = 0;
    for (long day = countOn(today) > perDay ? today : today - 1; countOn(day) > perDay; day--) {
      run++;
      count += countOn(day);
    }
    return run >= atLeast ? count : 0;
  }

  private int countOn(long day) {
    return days.stream().filter(known -> known.day() == day).mapToInt(Day::count).sum();
  }
}
