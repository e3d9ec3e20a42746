package gatehouse.analysis;

import gatehouse.analysis.Settings.Setting;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings records as named texts: read them, override them, check them. */
public final class SettingsRecord {

  private SettingsRecord() {}

  /** The settings as texts, in the order of the record. */
  public static Map<String, String> texts(Settings settings) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      texts.put(component.getName(), String.valueOf(value(settings, component)));
    }
    return texts;
  }

  /**
   * The settings with some values replaced.
   *
   * @throws IllegalArgumentException naming the setting, if there is none of that name or the value
   *     is not allowed
   */
  public static <C extends Settings> C with(C settings, Map<String, String> overrides) {
    RecordComponent[] components = settings.getClass().getRecordComponents();
    for (String name : overrides.keySet()) {
      if (Arrays.stream(components).noneMatch(c -> c.getName().equals(name))) {
        throw new IllegalArgumentException(
            "no setting is called "
                + name
                + ". Maybe one of "
                + Arrays.stream(components).map(RecordComponent::getName).toList());
      }
    }
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String text = overrides.get(components[i].getName());
      values[i] =
          text == null ? value(settings, components[i]) : parse(components[i], text.strip());
    }
    C changed = construct(settings, components, values);
    check(changed);
    return changed;
  }

  /**
   * Checks every value against its {@link Setting}.
   *
   * @throws IllegalArgumentException naming the setting and what is allowed
   */
  public static void check(Settings settings) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      Setting setting = setting(component);
      Object value = value(settings, component);
      double number =
          value instanceof Duration duration
              ? duration.toMillis() / 1000.0
              : value instanceof Number n ? n.doubleValue() : setting.min();
      if (Double.isNaN(number) || number < setting.min() || number > setting.max()) {
        throw new IllegalArgumentException(
            component.getName()
                + " is "
                + value
                + ", allowed is "
                + setting.min()
                + " to "
                + setting.max()
                + (value instanceof Duration ? " seconds" : " " + setting.unit()).stripTrailing());
      }
    }
  }

  /** What the component says of itself. */
  public static Setting setting(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalArgumentException("no @Setting at " + component);
    }
    return setting;
  }

  private static Object parse(RecordComponent component, String text) {
    Class<?> type = component.getType();
    try {
      if (type == Duration.class) {
        return Duration.parse(text);
      } else if (type == LocalTime.class) {
        return LocalTime.parse(text);
      } else if (type == int.class) {
        return Integer.parseInt(text);
      } else if (type == double.class) {
        return Double.parseDouble(text);
      } else if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
        return Boolean.parseBoolean(text);
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException(
          component.getName() + " cannot be " + text + ". Maybe " + examples(type), e);
    }
    throw new IllegalArgumentException(
        component.getName() + " cannot be " + text + ". Maybe " + examples(type));
  }

  private static String examples(Class<?> type) {
    return type == Duration.class
        ? "PT30S or PT10M"
        : type == LocalTime.class ? "04:00" : "a " + type.getSimpleName();
  }

  private static Object value(Settings settings, RecordComponent component) {
    try {
      return component.getAccessor().invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("settings must be a public record: " + component, e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <C extends Settings> C construct(
      C settings, RecordComponent[] components, Object[] values) {
    try {
      Constructor<?> constructor =
          settings
              .getClass()
              .getDeclaredConstructor(
                  Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return (C) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(String.valueOf(e.getCause()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("settings must be a public record: " + settings, e);
    }
  }
}
