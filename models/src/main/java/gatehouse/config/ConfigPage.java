package gatehouse.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Writes the table of a configuration record for docs/configuration.md. */
public final class ConfigPage {

  private ConfigPage() {}

  /** A Markdown section with one row a key. */
  public static String section(String title, Class<? extends Record> type) {
    StringBuilder page = new StringBuilder("## " + title + "\n\n");
    page.append("| variable | default | what it is for |\n| --- | --- | --- |\n");
    for (Map.Entry<String, RecordComponent> entry : ConfigLoader.variables(type).entrySet()) {
      Key key = ConfigLoader.key(entry.getValue());
      page.append("| `").append(entry.getKey()).append("` | ");
      page.append(key.byDefault().equals(Key.REQUIRED) ? "required" : code(key.byDefault()));
      page.append(" | ").append(key.says()).append(allowed(entry.getValue())).append(" |\n");
    }
    return page.append('\n').toString();
  }

  private static String code(String text) {
    return text.isEmpty() ? "(empty)" : "`" + text + "`";
  }

  private static String allowed(RecordComponent component) {
    Class<?> type = component.getType();
    Key key = ConfigLoader.key(component);
    if (type.isEnum()) {
      return " One of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT) + ".";
    }
    if (type == Secret.class) {
      return " A file with the secret in it.";
    }
    if (key.min() == -Double.MAX_VALUE) {
      return "";
    }
    String unit = type == Duration.class ? " seconds" : "";
    String to = key.max() == Double.MAX_VALUE ? " or more" : " to " + number(key.max());
    return " From " + number(key.min()) + to + unit + ".";
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
