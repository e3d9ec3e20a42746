package gatehouse.api.http;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the time and id of its last row. It only moves within what the reader may
 * see, so it needs no seal; whatever is not of its form is refused.
 */
public record Cursor(Instant time, String id) {

  private static final int MOST_CHARACTERS = 2048;

  /** The cursor in a request; null if there is none. */
  public static @Nullable Cursor parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      if (text.length() > MOST_CHARACTERS) {
        throw Refusal.badValue("cursor");
      }
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int bar = plain.indexOf('|');
      if (bar < 0) {
        throw Refusal.badValue("cursor");
      }
      return new Cursor(Instant.parse(plain.substring(0, bar)), plain.substring(bar + 1));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Refusal.badValue("cursor");
    }
  }

  /** As it stands in an answer. */
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((time + "|" + id).getBytes(StandardCharsets.UTF_8));
  }
}
