package gatehouse.wire;

import gatehouse.fact.Required;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads and writes one record class as a JSON object, streaming, without a tree.
 *
 * <p>Schema evolution: unknown fields are skipped; absent fields take the default of their type
 * (null where allowed, zero, false, empty text or collection, an enum's UNKNOWN, OTHER or NONE,
 * else its first constant). A field that holds its default is left out, unless a device must send
 * it.
 *
 * @param <T> the record
 */
public final class RecordCodec<T> implements ValueCodec<T> {

  private static final Map<Class<?>, RecordCodec<?>> KNOWN = new ConcurrentHashMap<>();

  private final Class<T> type;
  private final MethodHandle constructor;
  private final List<Field> fields;
  private final Map<String, Integer> index;

  /** A component of the record. */
  record Field(
      String name,
      MethodHandle accessor,
      ValueCodec<Object> codec,
      boolean nullable,
      boolean required) {

    /** Whether leaving the value out says the same. */
    boolean isSilent(Object value) {
      return !required && !nullable && value.equals(codec.absent());
    }
  }

  private RecordCodec(Class<T> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    this.fields = new ArrayList<>(components.length);
    this.index = new HashMap<>();
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      for (RecordComponent component : components) {
        index.put(component.getName(), fields.size());
        fields.add(
            new Field(
                component.getName(),
                lookup
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class)),
                codecOf(component.getGenericType()),
                isNullable(component),
                component.isAnnotationPresent(Required.class)));
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      this.constructor =
          lookup
              .unreflectConstructor(type.getDeclaredConstructor(types))
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("only public records travel, not " + type, e);
    }
  }

  /** The codec of a record class; made once. */
  @SuppressWarnings("unchecked")
  public static <T> RecordCodec<T> of(Class<T> type) {
    RecordCodec<?> known = KNOWN.get(type);
    if (known == null) {
      known = new RecordCodec<>(type);
      KNOWN.put(type, known);
    }
    return (RecordCodec<T>) known;
  }

  /** The record's class. */
  Class<T> type() {
    return type;
  }

  /** The record's components, for schemas. */
  List<Field> fields() {
    return fields;
  }

  @Override
  public void write(JsonGenerator out, T value) {
    out.writeStartObject();
    writeFields(out, value);
    out.writeEndObject();
  }

  /** Writes the components into an object that is already open. */
  void writeFields(JsonGenerator out, T value) {
    writeFields(out, value, "");
  }

  /** Writes the object without one component. */
  void writeWithout(JsonGenerator out, T value, String left) {
    out.writeStartObject();
    writeFields(out, value, left);
    out.writeEndObject();
  }

  private void writeFields(JsonGenerator out, T value, String left) {
    for (Field field : fields) {
      Object part = get(field, value);
      if (part != null && !field.isSilent(part) && !field.name().equals(left)) {
        out.writeName(field.name());
        field.codec().write(out, part);
      }
    }
  }

  /** Reads the object at the current token as if it had no such component. */
  T readWithout(JsonParser in, Reading how, String left) throws WireException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new WireException("data must be an object");
    }
    return readFields(in, how, left);
  }

  /** The record as a JSON document. */
  public byte[] encode(T value) {
    return Json.write(out -> write(out, value));
  }

  /**
   * Reads a JSON document.
   *
   * @throws WireException naming the field that is wrong
   */
  public T decode(byte[] json) throws WireException {
    return Json.read(json, this::read);
  }

  @Override
  public T read(JsonParser in) throws WireException {
    return read(in, Reading.LENIENT);
  }

  /** Reads the object at the current token. */
  T read(JsonParser in, Reading how) throws WireException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new WireException(type.getSimpleName() + " must be an object");
    }
    return readFields(in, how);
  }

  /** Reads the rest of an object whose first fields were taken already. */
  T readFields(JsonParser in, Reading how) throws WireException {
    return readFields(in, how, "");
  }

  private T readFields(JsonParser in, Reading how, String left) throws WireException {
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      JsonToken token = in.nextToken();
      Integer at = name.equals(left) ? null : index.get(name);
      if (at == null) {
        how.skip(name, in);
      } else if (token != JsonToken.VALUE_NULL) {
        values[at] = readField(in, fields.get(at));
      }
    }
    if (how.strict()) {
      requireAll(values);
    }
    return construct(values);
  }

  private void requireAll(@Nullable Object[] values) throws WireException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && fields.get(i).required()) {
        throw new WireException(fields.get(i).name() + " is missing");
      }
    }
  }

  private static Object readField(JsonParser in, Field field) throws WireException {
    try {
      return field.codec().read(in);
    } catch (WireException e) {
      throw new WireException(field.name() + ": " + e.getMessage());
    }
  }

  @Override
  public T absent() {
    return construct(new @Nullable Object[fields.size()]);
  }

  @SuppressWarnings("unchecked")
  private T construct(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && !fields.get(i).nullable()) {
        values[i] = fields.get(i).codec().absent();
      }
    }
    try {
      return (T) constructor.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("record constructors throw no checked exceptions", e);
    }
  }

  private static @Nullable Object get(Field field, Object value) {
    try {
      return field.accessor().invokeExact(value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("record accessors throw no checked exceptions", e);
    }
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  @SuppressWarnings("unchecked")
  private static ValueCodec<Object> codecOf(Type type) {
    return (ValueCodec<Object>) ValueCodecs.of(type);
  }
}
