package gatehouse.replay.mapping;

import gatehouse.replay.log.BadRowException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads times in the formats of a mapping, tried in order. A time without an offset is in the
 * mapping's zone; of an hour that the clock goes through twice the first is taken.
 */
public final class TimeReader {

  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})[T ]+(\\d{1,2}):(\\d{2})"
              + "(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*(Z|[+-]\\d{2}(?::?\\d{2})?)?");
  private static final Pattern WHITE = Pattern.compile("[\\s\\u00A0\\u202F]+");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d+)?");
  private static final LocalDateTime EXCEL_DAY_ZERO = LocalDateTime.of(1899, 12, 30, 0, 0);

  private final List<Format> formats = new ArrayList<>();
  private final List<String> names;
  private final ZoneId zone;

  /** One way to read a time. */
  private interface Format {
    /** Throws {@link DateTimeException} or {@link ArithmeticException} if it is not this way. */
    Instant read(String text);
  }

  /**
   * A reader of these formats.
   *
   * @param formats {@code iso}, {@code epoch-seconds}, {@code epoch-millis}, {@code epoch-micros},
   *     {@code excel}, or patterns of {@link DateTimeFormatter}
   * @throws IllegalArgumentException if one is none of these
   */
  public TimeReader(List<String> formats, ZoneId zone, Locale language) {
    this.names = List.copyOf(formats);
    this.zone = zone;
    for (String format : formats) {
      this.formats.add(format(format, language));
    }
  }

  /** The zone of times that do not name one. */
  public ZoneId zone() {
    return zone;
  }

  /** Reads a time. */
  public Instant read(String text) throws BadRowException {
    String tidy = WHITE.matcher(text).replaceAll(" ").strip();
    if (tidy.isEmpty()) {
      throw new BadRowException("the time is empty.");
    }
    for (Format format : formats) {
      Instant time = tried(format, tidy);
      if (time != null) {
        return time;
      }
    }
    throw new BadRowException("the time '" + text + "' cannot be read as any of " + names + ".");
  }

  private static @Nullable Instant tried(Format format, String text) {
    try {
      return format.read(text);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private Format format(String format, Locale language) {
    return switch (format) {
      case "iso" -> this::iso;
      case "epoch-seconds" -> text -> epoch(text, 9);
      case "epoch-millis" -> text -> epoch(text, 6);
      case "epoch-micros" -> text -> epoch(text, 3);
      case "excel" -> this::excel;
      default -> pattern(format, language);
    };
  }

  private Instant iso(String text) {
    Matcher m = ISO.matcher(text);
    if (!m.matches()) {
      throw new DateTimeException("not ISO 8601");
    }
    String fraction = m.group(7) == null ? "" : m.group(7);
    LocalDateTime local =
        LocalDateTime.of(
            Integer.parseInt(m.group(1)),
            Integer.parseInt(m.group(2)),
            Integer.parseInt(m.group(3)),
            Integer.parseInt(m.group(4)),
            Integer.parseInt(m.group(5)),
            m.group(6) == null ? 0 : Integer.parseInt(m.group(6)),
            Integer.parseInt((fraction + "000000000").substring(0, 9)));
    return m.group(8) == null
        ? local.atZone(zone).toInstant()
        : local.toInstant(ZoneOffset.of(m.group(8)));
  }

  private static Instant epoch(String text, int digitsToNanos) {
    BigDecimal nanos = number(text).movePointRight(digitsToNanos).setScale(0, RoundingMode.HALF_UP);
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.TEN.pow(9));
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
  }

  /** Days since 1899-12-30, as spreadsheets keep times; to the millisecond. */
  private Instant excel(String text) {
    long millis =
        number(text)
            .multiply(BigDecimal.valueOf(Duration.ofDays(1).toMillis()))
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
    return EXCEL_DAY_ZERO.plus(Duration.ofMillis(millis)).atZone(zone).toInstant();
  }

  private static BigDecimal number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new DateTimeException("not a number");
    }
    return new BigDecimal(text);
  }

  private Format pattern(String pattern, Locale language) {
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
    if (pattern.endsWith("s")) {
      builder.appendOptional(
          new DateTimeFormatterBuilder()
              .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
              .toFormatter(language));
    }
    DateTimeFormatter formatter = builder.toFormatter(language);
    return text -> {
      TemporalAccessor read =
          formatter.parseBest(text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from);
      if (read instanceof ZonedDateTime zoned) {
        return zoned.toInstant();
      }
      return read instanceof OffsetDateTime offset
          ? offset.toInstant()
          : ((LocalDateTime) read).atZone(zone).toInstant();
    };
  }
}
