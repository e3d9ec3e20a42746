package gatehouse.api.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of a request, checked. An empty one counts as not given. */
public final class Inputs {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int MOST_CHARACTERS = 200;

  private Inputs() {}

  /** A community or device id, which can never form another topic. */
  public static @Nullable String id(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!ID.matcher(text).matches()) {
      throw Refusal.badValue(field);
    }
    return text;
  }

  /** A text of bounded length without control characters. */
  public static @Nullable String text(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > MOST_CHARACTERS || text.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.badValue(field);
    }
    return text.strip();
  }

  /** A note: longer, and it may have several lines. */
  public static @Nullable String note(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > 2_000
        || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      throw Refusal.badValue("note");
    }
    return text.strip();
  }

  /** A value that must be there. */
  public static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw Refusal.badValue(field);
    }
    return value;
  }

  /** An instant with a zone (RFC 3339). */
  public static @Nullable Instant instant(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() < 0 || time.getYear() > 9999) {
        throw Refusal.badValue(field);
      }
      return time.toInstant();
    } catch (DateTimeException e) {
      throw Refusal.badValue(field);
    }
  }

  /** One or several constants, comma-separated; null if none is given. */
  public static <E extends Enum<E>> @Nullable List<String> constants(
      String field, Class<E> type, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    List<String> asked = List.of(text.split(",", -1));
    if (!known.containsAll(asked)) {
      throw Refusal.badValue(field);
    }
    return asked;
  }

  /** An id of the API's own; a malformed one names nothing. */
  public static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound();
    }
  }
}
