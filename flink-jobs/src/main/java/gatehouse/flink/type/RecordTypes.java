package gatehouse.flink.type;

import gatehouse.wire.WireName;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.LocalTimeTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.EnumSerializer;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.java.typeutils.runtime.NullableSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The serializers of records: of texts, numbers, times, enums, lists, sets, maps, other records,
 * and sealed interfaces of records. Anything else is refused by name, never handed to Kryo.
 */
public final class RecordTypes {

  private static final SerializerConfigImpl CONFIG = new SerializerConfigImpl();

  private RecordTypes() {}

  /**
   * The type of a record or sealed interface.
   *
   * @throws IllegalArgumentException naming what it holds that has no serializer
   */
  public static <T> TypeInformation<T> of(Class<T> type) {
    return new ValueTypeInfo<>(type, serializer(type));
  }

  /**
   * The type of a record of which some parts are known otherwise.
   *
   * @param part a class or type parameter that components have
   * @param known its type
   */
  @SuppressWarnings("unchecked")
  public static <T> TypeInformation<T> of(
      Class<? super T> type, Type part, TypeInformation<?> known) {
    return new ValueTypeInfo<>(
        (Class<T>) type,
        (TypeSerializer<T>) record(type, Map.of(part, known.createSerializer(CONFIG))));
  }

  /** The type of "one of these records". */
  public static <T> TypeInformation<T> oneOf(Class<T> family, List<Class<? extends T>> members) {
    return new ValueTypeInfo<>(family, sealed(members));
  }

  /** The type of values that go the same way several times in a row. */
  public static <T> TypeInformation<T> repeated(TypeInformation<T> type) {
    return new ValueTypeInfo<>(
        type.getTypeClass(), new RepeatedSerializer<>(type.createSerializer(CONFIG)));
  }

  /** The type of a text. */
  public static TypeInformation<String> text() {
    return new ValueTypeInfo<>(String.class, TextSerializer.INSTANCE);
  }

  /** The type of a list of such elements. */
  @SuppressWarnings("unchecked")
  public static <T> TypeInformation<List<T>> listOf(TypeInformation<T> element) {
    return new ValueTypeInfo<>(
        (Class<List<T>>) (Class<?>) List.class,
        new ListSerializer<>(element.createSerializer(CONFIG)));
  }

  @SuppressWarnings("unchecked")
  private static <T> TypeSerializer<T> serializer(Class<T> type) {
    return (TypeSerializer<T>) serializer(type, Map.of());
  }

  private static TypeSerializer<?> serializer(Type type, Map<Type, TypeSerializer<?>> known) {
    TypeSerializer<?> otherwise = known.get(type);
    if (otherwise != null) {
      return otherwise.duplicate();
    } else if (type instanceof ParameterizedType generic) {
      return generic(generic, known);
    } else if (type instanceof Class<?> simple) {
      TypeSerializer<?> found = simple(simple);
      if (found != null) {
        return found;
      }
    }
    throw unknown(type);
  }

  private static IllegalArgumentException unknown(Type type) {
    return new IllegalArgumentException(
        "there is no serializer for "
            + type.getTypeName()
            + ". Maybe use a record, List, Set, Map, Instant, Duration, LocalTime, an enum, text, or"
            + " a number.");
  }

  private static TypeSerializer<?> generic(
      ParameterizedType generic, Map<Type, TypeSerializer<?>> known) {
    Type[] of = generic.getActualTypeArguments();
    Class<?> raw = (Class<?>) generic.getRawType();
    if (raw == List.class) {
      return new ListSerializer<>(element(of[0], known));
    } else if (raw == Set.class) {
      return new LinkedSetSerializer<>(element(of[0], known));
    } else if (raw == Map.class) {
      return new LinkedMapSerializer<>(element(of[0], known), element(of[1], known));
    } else if (raw.isRecord()) {
      Map<Type, TypeSerializer<?>> own = new HashMap<>(known);
      for (int i = 0; i < of.length; i++) {
        own.put(raw.getTypeParameters()[i], serializer(of[i], known));
      }
      return record(raw, own);
    }
    throw unknown(generic);
  }

  /** Collections may hold null, whatever their elements' serializer says of it. */
  private static TypeSerializer<?> element(Type type, Map<Type, TypeSerializer<?>> known) {
    return NullableSerializer.wrapIfNullIsNotSupported(serializer(type, known), false);
  }

  private static @Nullable TypeSerializer<?> simple(Class<?> type) {
    TypeInformation<?> basic = BasicTypeInfo.getInfoFor(type);
    if (type == String.class) {
      return TextSerializer.INSTANCE;
    } else if (basic != null) {
      return basic.createSerializer(CONFIG);
    } else if (type == Duration.class) {
      return DurationSerializer.INSTANCE;
    } else if (type == LocalTime.class) {
      return LocalTimeTypeInfo.LOCAL_TIME.createSerializer(CONFIG);
    } else if (type.isEnum()) {
      return constants(type);
    } else if (type.isRecord()) {
      return record(type, Map.of());
    } else if (type.isSealed()) {
      return sealed(members(type));
    }
    return null;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static TypeSerializer<?> constants(Class<?> type) {
    return new EnumSerializer(type);
  }

  private static <T> TypeSerializer<T> record(Class<T> type, Map<Type, TypeSerializer<?>> known) {
    RecordComponent[] components = type.getRecordComponents();
    TypeSerializer<?>[] parts = new TypeSerializer<?>[components.length];
    Field[] fields = new Field[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        fields[i] = type.getDeclaredField(components[i].getName());
        parts[i] = serializer(components[i].getGenericType(), known);
      }
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("every record component has a field: " + type, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("in " + type.getName() + ": " + e.getMessage(), e);
    }
    return new RecordSerializer<>(type, new PojoSerializer<>(type, parts, fields, CONFIG), false);
  }

  private static <T> TypeSerializer<T> sealed(List<? extends Class<?>> members) {
    List<String> names = new ArrayList<>();
    List<Class<?>> classes = new ArrayList<>();
    List<TypeSerializer<?>> parts = new ArrayList<>();
    for (Class<?> member : members) {
      names.add(WireName.of(member));
      classes.add(member);
      parts.add(record(member, Map.of()));
    }
    return new SealedSerializer<>(names, classes, parts);
  }

  private static List<Class<?>> members(Class<?> family) {
    List<Class<?>> members = new ArrayList<>();
    for (Class<?> member : family.getPermittedSubclasses()) {
      if (member.isSealed()) {
        members.addAll(members(member));
      } else {
        members.add(member);
      }
    }
    return members;
  }
}
