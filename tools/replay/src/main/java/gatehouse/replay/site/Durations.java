package gatehouse.replay.site;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them. */
public final class Durations {

  private static final Pattern PART = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*(ms|s|min|m|h|d)");

  private Durations() {}

  /**
   * Reads PT5M, 5 min, 90 s, 1h30m or 2 d.
   *
   * @throws IllegalArgumentException or {@link java.time.DateTimeException} if it is none of these
   */
  public static Duration parse(String text) {
    if (text.startsWith("P")) {
      return Duration.parse(text);
    }
    Matcher matcher = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      double millis = Double.parseDouble(matcher.group(1)) * millis(matcher.group(2));
      sum = sum.plusMillis(Math.round(millis));
      end = matcher.end();
    }
    if (end == 0 || !text.substring(end).isBlank()) {
      throw new IllegalArgumentException("not a duration");
    }
    return sum;
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "min", "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }
}
