package gatehouse.launcher.command;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Durations {
  private Durations() {}

  /** Seconds with one decimal, for what takes seconds: {@code 3.4 s}. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  /** The two greatest units: {@code 12s}, {@code 3m 12s}, {@code 5h 3m}, {@code 2d 5h}. */
  static String rough(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + "d " + duration.toHoursPart() + "h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + "h " + duration.toMinutesPart() + "m";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + "m " + duration.toSecondsPart() + "s";
    }
    return Math.max(0, duration.toSeconds()) + "s";
  }
}
