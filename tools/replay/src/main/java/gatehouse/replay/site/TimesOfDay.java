package gatehouse.replay.site;

import java.time.LocalTime;

/** Times of day as people write them. */
final class TimesOfDay {

  private TimesOfDay() {}

  /** Reads 8:00, 08:00, 08:00:30; 24:00 is midnight. */
  static LocalTime parse(String text) {
    if (text.equals("24:00")) {
      return LocalTime.MIDNIGHT;
    }
    return LocalTime.parse(text.matches("\\d:.*") ? "0" + text : text);
  }
}
