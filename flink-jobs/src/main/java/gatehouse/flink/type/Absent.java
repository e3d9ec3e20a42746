package gatehouse.flink.type;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into the components that an older record did not have, the same that {@code
 * gatehouse.wire} takes for absent fields: null where allowed, else empty text or collection, an
 * enum's UNKNOWN, OTHER or NONE, the beginning of time. Flink alone would leave null everywhere.
 */
final class Absent<T> {

  private final Class<T> type;
  private final RecordComponent[] components;
  private final boolean[] mayBeNull;

  Absent(Class<T> type) {
    this.type = type;
    this.components = type.getRecordComponents();
    this.mayBeNull = new boolean[components.length];
    for (int i = 0; i < components.length; i++) {
      components[i].getAccessor().setAccessible(true);
      mayBeNull[i] =
          components[i].getType().isPrimitive()
              || components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
  }

  /** The record itself, or one without nulls where there must be none. */
  T fill(T read) {
    @Nullable Object[] values = new @Nullable Object[components.length];
    boolean complete = true;
    try {
      for (int i = 0; i < components.length; i++) {
        values[i] = components[i].getAccessor().invoke(read);
        if (values[i] == null && !mayBeNull[i]) {
          values[i] = absent(components[i].getType());
          complete = false;
        }
      }
      return complete ? read : construct(type, values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot complete an older " + type.getName(), e);
    }
  }

  private static Object absent(Class<?> component) throws ReflectiveOperationException {
    if (component == String.class) {
      return "";
    } else if (component == List.class) {
      return List.of();
    } else if (component == Set.class) {
      return Set.of();
    } else if (component == Map.class) {
      return Map.of();
    } else if (component == Instant.class) {
      return Instant.EPOCH;
    } else if (component == Duration.class) {
      return Duration.ZERO;
    } else if (component == LocalTime.class) {
      return LocalTime.MIDNIGHT;
    } else if (component == Boolean.class) {
      return false;
    } else if (component == Integer.class) {
      return 0;
    } else if (component == Long.class) {
      return 0L;
    } else if (component == Double.class) {
      return 0.0;
    } else if (component.isEnum()) {
      return constant(component.getEnumConstants());
    } else if (component.isRecord()) {
      return record(component);
    }
    throw new IllegalStateException(
        "nothing stands for an absent " + component.getName() + ". Maybe mark it @Nullable.");
  }

  private static Object constant(Object[] constants) {
    return Stream.of("UNKNOWN", "OTHER", "NONE")
        .flatMap(name -> Arrays.stream(constants).filter(c -> ((Enum<?>) c).name().equals(name)))
        .findFirst()
        .orElse(constants[0]);
  }

  private static <R> R record(Class<R> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Class<?> component = components[i].getType();
      if (component.isPrimitive()) {
        values[i] = Array.get(Array.newInstance(component, 1), 0);
      } else if (!components[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        values[i] = absent(component);
      }
    }
    return construct(type, values);
  }

  private static <R> R construct(Class<R> type, @Nullable Object[] values)
      throws ReflectiveOperationException {
    Constructor<R> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          type.getName()
              + " refuses the values that stand for what an older one did not have."
              + " Maybe let its constructor take them.",
          e.getTargetException());
    }
  }
}
