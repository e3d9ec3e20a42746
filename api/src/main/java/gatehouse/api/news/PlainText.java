package gatehouse.api.news;

import gatehouse.api.http.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A text of paragraphs: characters, line ends, and nothing else. It is kept as it was written,
 * signs of HTML included, and whoever shows it shows it as text.
 */
final class PlainText {

  private static final int MOST_CHARACTERS = 10_000;

  private PlainText() {}

  /** The text with Unix line ends; null if there is none. */
  static @Nullable String of(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String unix = text.replace("\r\n", "\n").strip();
    if (unix.length() > MOST_CHARACTERS || unix.chars().anyMatch(PlainText::isForbidden)) {
      throw Refusal.badValue(field);
    }
    return unix;
  }

  /** Controls; and what turns the direction of writing, so that a text reads as another one. */
  private static boolean isForbidden(int character) {
    return (character != '\n' && Character.isISOControl(character))
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
