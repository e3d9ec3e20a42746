package gatehouse.config;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a deployable's configuration record from environment variables. The record is the only
 * place where a key is written down: its name, default, check and docs page all come from there.
 *
 * <p>A {@link Secret} is read from the file that the variable with {@code _FILE} behind it names.
 */
public final class ConfigLoader {

  private static final String PREFIX = "GATEHOUSE_";

  private ConfigLoader() {}

  /** Reads the configuration from the environment of this process. */
  public static <C extends Record> C load(Class<C> type) {
    return load(type, System.getenv());
  }

  /**
   * Reads the configuration from these variables.
   *
   * @throws ConfigException if a key is unknown, missing or not allowed
   */
  public static <C extends Record> C load(Class<C> type, Map<String, String> environment) {
    Map<String, RecordComponent> known = variables(type);
    refuseUnknown(known, environment);
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(components[i], environment);
    }
    try {
      return type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (InvocationTargetException e) {
      throw new ConfigException(
          String.valueOf(e.getTargetException().getMessage()),
          "look at the keys of " + type.getSimpleName() + " in docs/configuration.md");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("configuration must be a public record: " + type, e);
    }
  }

  /** The environment variables of a configuration record and what each fills, in its order. */
  public static Map<String, RecordComponent> variables(Class<? extends Record> type) {
    Map<String, RecordComponent> variables = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      variables.put(variable(component), component);
    }
    return variables;
  }

  /** The environment variable of a component. */
  public static String variable(RecordComponent component) {
    String name =
        PREFIX
            + key(component).value().replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    return component.getType() == Secret.class ? name + "_FILE" : name;
  }

  /** What the component says of itself. */
  public static Key key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalArgumentException("no @Key at " + component);
    }
    return key;
  }

  private static void refuseUnknown(
      Map<String, RecordComponent> known, Map<String, String> environment) {
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(PREFIX) && !known.containsKey(name)) {
        throw new ConfigException(
            name + " is not a key of this service.", nearest(name, known) + " is meant.");
      }
    }
  }

  private static String nearest(String name, Map<String, RecordComponent> known) {
    return known.keySet().stream()
        .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
        .orElse("no key at all");
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private static Object value(RecordComponent component, Map<String, String> environment) {
    String variable = variable(component);
    Key key = key(component);
    String given = environment.get(variable);
    if (given == null || given.isBlank()) {
      if (key.byDefault().equals(Key.REQUIRED)) {
        throw new ConfigException(variable + " is not set.", "set it to: " + key.says());
      }
      given = key.byDefault();
    }
    Object value = parse(component, variable, given.strip());
    checkRange(variable, key, value);
    return value;
  }

  private static Object parse(RecordComponent component, String variable, String text) {
    Class<?> type = component.getType();
    try {
      if (type == String.class) {
        return text;
      } else if (type == int.class) {
        return Integer.parseInt(text);
      } else if (type == long.class) {
        return Long.parseLong(text);
      } else if (type == double.class) {
        return Double.parseDouble(text);
      } else if (type == boolean.class) {
        return truth(text);
      } else if (type == Duration.class) {
        return Duration.parse(text);
      } else if (type == Path.class) {
        return Path.of(text);
      } else if (type == URI.class) {
        return URI.create(text);
      } else if (type == Secret.class) {
        return secret(variable, text);
      } else if (type.isEnum()) {
        return constant(type, text);
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new ConfigException(
          variable + " is not " + kind(type) + ".", "see docs/configuration.md for an example.");
    }
    throw new IllegalStateException("configuration cannot hold " + type);
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (constant.toString().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no such constant");
  }

  private static Secret secret(String variable, String file) {
    String text;
    try {
      text = Files.readString(Path.of(file)).strip();
    } catch (IOException | InvalidPathException e) {
      throw new ConfigException(
          variable + " names a file that cannot be read.",
          "it does not exist or belongs to another user.");
    }
    String weakness = Secret.weakness(text);
    if (!weakness.isEmpty()) {
      throw new ConfigException(
          "The secret of " + variable + " " + weakness + ".", "make one: openssl rand -hex 24");
    }
    return new Secret(text.toCharArray());
  }

  private static void checkRange(String variable, Key key, Object value) {
    Double number = number(value);
    if (number != null && !(number >= key.min() && number <= key.max())) {
      throw new ConfigException(
          variable + " is out of range.",
          "a value from " + key.min() + " to " + key.max() + " is meant.");
    }
  }

  private static @Nullable Double number(Object value) {
    if (value instanceof Duration duration) {
      return duration.toMillis() / 1000.0;
    }
    return value instanceof Number number ? number.doubleValue() : null;
  }

  private static String kind(Class<?> type) {
    if (type == Duration.class) {
      return "a duration like PT30S";
    }
    if (type.isEnum()) {
      return "one of " + Arrays.toString(type.getEnumConstants());
    }
    return type == boolean.class ? "true or false" : "a " + type.getSimpleName();
  }
}
