package gatehouse.model.door;

import gatehouse.site.Place;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** The hours at which people sleep, on the door's own clock. */
public final class NightHours {

  private final LocalTime from;
  private final LocalTime to;

  /**
   * The night from one local time to another, exclusive; over midnight if {@code to} is earlier.
   */
  public NightHours(LocalTime from, LocalTime to) {
    this.from = from;
    this.to = to;
  }

  /** Whether it is night there at this moment. */
  public boolean contain(Instant time, ZoneId zone) {
    LocalTime local = time.atZone(zone).toLocalTime();
    boolean afterStart = !local.isBefore(from);
    boolean beforeEnd = local.isBefore(to);
    return from.isBefore(to) ? afterStart && beforeEnd : afterStart || beforeEnd;
  }

  /** Whether it is night at the place at this moment. */
  public boolean contain(Instant time, Place place) {
    return contain(time, place.zone());
  }
}
