package gatehouse.labelled;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Which city, and for how long.
 *
 * @param seed the same seed and settings give the same city, event by event
 * @param communities how many, 1 to 2,079
 * @param from its first day
 * @param days how many days are simulated
 * @param warmUpDays how many of them at the beginning go by without anything staged, so that what
 *     learns can learn
 * @param units median number of homes in a community; sizes are log-normal around it
 * @param staged how often each scenario is staged in a community, a week
 */
public record CitySettings(
    long seed,
    int communities,
    LocalDate from,
    int days,
    int warmUpDays,
    int units,
    double staged) {

  /** The city's time zone. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  public CitySettings {
    if (communities < 1 || communities > 2079) {
      throw new IllegalArgumentException("a city has 1 to 2079 communities, not " + communities);
    }
    if (days < 1 || warmUpDays < 0 || warmUpDays >= days) {
      throw new IllegalArgumentException(
          "of " + days + " days, " + warmUpDays + " cannot be warm-up. Maybe fewer.");
    }
    if (units < 8 || staged < 0) {
      throw new IllegalArgumentException("a community has 8 units or more; staged is not negative");
    }
  }

  /** Midnight at the beginning of a day, counted from the first. */
  public Instant dayStart(int day) {
    return from.plusDays(day).atStartOfDay(ZONE).toInstant();
  }

  /** The end of the last day. */
  public Instant end() {
    return dayStart(days);
  }
}
