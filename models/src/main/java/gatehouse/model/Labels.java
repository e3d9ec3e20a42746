package gatehouse.model;

import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How places, zones and times read in an explanation. */
final class Labels {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private Labels() {}

  static String of(Place place) {
    return place.name().isEmpty() ? place.id() : place.name();
  }

  static String of(Zone zone) {
    return zone.name().isEmpty() ? zone.id() : zone.name();
  }

  /** Local date and time, to the minute. */
  static String of(Instant time, ZoneId zone) {
    return LOCAL.format(time.atZone(zone));
  }

  /** Local time, to the second. */
  static String clock(Instant time, ZoneId zone) {
    return CLOCK.format(time.atZone(zone));
  }

  /** A length of time in its largest sensible unit: minutes, hours, days. */
  static String of(Duration length) {
    if (length.toHours() < 2) {
      return length.toMinutes() + " min";
    }
    return length.toDays() < 2 ? length.toHours() + " h" : length.toDays() + " d";
  }
}
