package gatehouse.wire;

import java.util.Locale;
import java.util.regex.Pattern;

/** What records are called on the wire: {@code gatehouse.} and the class name in kebab-case. */
public final class WireName {

  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private static final ClassValue<String> NAMES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return "gatehouse." + kebab(type.getSimpleName());
        }
      };

  private WireName() {}

  /** The CloudEvents type of a record class, e.g. gatehouse.plate-read. */
  public static String of(Class<?> type) {
    return NAMES.get(type);
  }

  /** The name in kebab-case. */
  public static String kebab(String camelCase) {
    return WORD_START.matcher(camelCase).replaceAll("-").toLowerCase(Locale.ROOT);
  }
}
