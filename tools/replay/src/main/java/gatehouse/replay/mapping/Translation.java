package gatehouse.replay.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a log mean.
 *
 * @param exact by value, in lower case
 * @param patterns tried in order where no value is equal
 * @param otherwise for all other values; null: they stay as they are
 */
public record Translation(
    Map<String, String> exact, List<ByPattern> patterns, @Nullable String otherwise) {

  /**
   * A translation by regular expression, which the whole value must match.
   *
   * @param pattern the expression
   * @param replacement may refer to groups: $1, ${name}
   */
  public record ByPattern(Pattern pattern, String replacement) {}

  /** What the value means. */
  public String of(String value) {
    String meaning = exact.get(value.toLowerCase(Locale.ROOT));
    if (meaning != null) {
      return meaning;
    }
    for (ByPattern by : patterns) {
      Matcher matcher = by.pattern().matcher(value);
      if (matcher.matches()) {
        StringBuilder replaced = new StringBuilder();
        // Matched as a whole, so nothing is left before or behind.
        matcher.appendReplacement(replaced, by.replacement());
        return replaced.toString();
      }
    }
    return otherwise == null ? value : otherwise;
  }
}
