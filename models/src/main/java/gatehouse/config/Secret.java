package gatehouse.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** A secret read from a file. It does not print itself. */
public final class Secret {

  private static final int LEAST = 12;

  /** What people leave in place when they copy a sample. */
  private static final Set<String> KNOWN =
      Set.of(
          "changeme", "password", "secret", "admin", "gatehouse", "thingsboarddefaultsigningkey");

  private final char[] value;

  Secret(char[] value) {
    this.value = value;
  }

  /** Why the text is no secret, or an empty text if it may be one. */
  static String weakness(String text) {
    if (text.length() < LEAST) {
      return "has fewer than " + LEAST + " characters";
    }
    String simple = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return KNOWN.contains(simple) ? "is a well-known default" : "";
  }

  /** The secret itself, as a copy. */
  public char[] reveal() {
    return Arrays.copyOf(value, value.length);
  }

  /** The secret itself, for libraries that want a String. */
  public String revealText() {
    return new String(value);
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
