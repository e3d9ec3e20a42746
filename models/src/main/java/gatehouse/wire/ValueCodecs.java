package gatehouse.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The codecs of everything a record may hold. */
final class ValueCodecs {

  private ValueCodecs() {}

  static ValueCodec<?> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return list(of(arguments[0]));
      } else if (generic.getRawType() == Set.class) {
        return set(of(arguments[0]));
      } else if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return map(of(arguments[1]));
      }
    } else if (type instanceof Class<?> simple) {
      return ofClass(simple);
    }
    throw new IllegalArgumentException("no codec for " + type);
  }

  private static ValueCodec<?> ofClass(Class<?> type) {
    if (type == String.class) {
      return new Text();
    } else if (type == long.class || type == Long.class) {
      return new Whole();
    } else if (type == int.class || type == Integer.class) {
      return new SmallWhole();
    } else if (type == double.class || type == Double.class) {
      return new Decimal();
    } else if (type == boolean.class || type == Boolean.class) {
      return new Truth();
    } else if (type == Instant.class) {
      return parsed(Instant::parse, "a UTC time like 2026-01-31T08:00:00Z", Instant.EPOCH);
    } else if (type == Duration.class) {
      return parsed(Duration::parse, "a duration like PT30S", Duration.ZERO);
    } else if (type == LocalTime.class) {
      return parsed(LocalTime::parse, "a time of day like 04:00", LocalTime.MIDNIGHT);
    } else if (type.isEnum()) {
      return new Constant(type);
    } else if (type.isRecord()) {
      return new Nested<>(type);
    }
    throw new IllegalArgumentException("no codec for " + type);
  }

  /** Looked up when used, so that codecs of records can be made in any order. */
  record Nested<T>(Class<T> type) implements ValueCodec<T> {
    @Override
    public void write(JsonGenerator out, T value) {
      RecordCodec.of(type).write(out, value);
    }

    @Override
    public T read(JsonParser in) throws WireException {
      return RecordCodec.of(type).read(in);
    }

    @Override
    public T absent() {
      return RecordCodec.of(type).absent();
    }
  }

  record Text() implements ValueCodec<String> {
    @Override
    public void write(JsonGenerator out, String value) {
      out.writeString(value);
    }

    @Override
    public String read(JsonParser in) throws WireException {
      require(in, JsonToken.VALUE_STRING, "text");
      return in.getString();
    }

    @Override
    public String absent() {
      return "";
    }
  }

  record Whole() implements ValueCodec<Long> {
    @Override
    public void write(JsonGenerator out, Long value) {
      out.writeNumber(value);
    }

    @Override
    public Long read(JsonParser in) throws WireException {
      require(in, JsonToken.VALUE_NUMBER_INT, "a whole number");
      if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw new WireException("number is too large");
      }
      return in.getLongValue();
    }

    @Override
    public Long absent() {
      return 0L;
    }
  }

  record SmallWhole() implements ValueCodec<Integer> {
    @Override
    public void write(JsonGenerator out, Integer value) {
      out.writeNumber(value);
    }

    @Override
    public Integer read(JsonParser in) throws WireException {
      require(in, JsonToken.VALUE_NUMBER_INT, "a whole number");
      if (in.getNumberType() != JsonParser.NumberType.INT) {
        throw new WireException("number is too large");
      }
      return in.getIntValue();
    }

    @Override
    public Integer absent() {
      return 0;
    }
  }

  record Decimal() implements ValueCodec<Double> {
    @Override
    public void write(JsonGenerator out, Double value) {
      out.writeNumber(value);
    }

    @Override
    public Double read(JsonParser in) throws WireException {
      JsonToken token = in.currentToken();
      if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
        throw new WireException("must be a number");
      }
      double value = in.getDoubleValue();
      if (!Double.isFinite(value)) {
        throw new WireException("number is too large");
      }
      return value;
    }

    @Override
    public Double absent() {
      return 0.0;
    }
  }

  record Truth() implements ValueCodec<Boolean> {
    @Override
    public void write(JsonGenerator out, Boolean value) {
      out.writeBoolean(value);
    }

    @Override
    public Boolean read(JsonParser in) throws WireException {
      JsonToken token = in.currentToken();
      if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
        throw new WireException("must be true or false");
      }
      return token == JsonToken.VALUE_TRUE;
    }

    @Override
    public Boolean absent() {
      return false;
    }
  }

  /** An enum constant by its name. */
  static final class Constant implements ValueCodec<Object> {
    private final Map<String, Object> byName = new LinkedHashMap<>();
    private final Object absent;

    Constant(Class<?> type) {
      Object[] constants = type.getEnumConstants();
      for (Object constant : constants) {
        byName.put(((Enum<?>) constant).name(), constant);
      }
      this.absent =
          Stream.of("UNKNOWN", "OTHER", "NONE")
              .filter(byName::containsKey)
              .findFirst()
              .map(name -> Objects.requireNonNull(byName.get(name)))
              .orElse(constants[0]);
    }

    Set<String> names() {
      return byName.keySet();
    }

    @Override
    public void write(JsonGenerator out, Object value) {
      out.writeString(((Enum<?>) value).name());
    }

    @Override
    public Object read(JsonParser in) throws WireException {
      require(in, JsonToken.VALUE_STRING, "one of " + byName.keySet());
      Object constant = byName.get(in.getString());
      if (constant == null) {
        throw new WireException("must be one of " + byName.keySet());
      }
      return constant;
    }

    @Override
    public Object absent() {
      return absent;
    }
  }

  /** A value with a textual form. */
  record Parsed<T>(Function<String, T> parser, String expected, T absent) implements ValueCodec<T> {
    @Override
    public void write(JsonGenerator out, T value) {
      out.writeString(value.toString());
    }

    @Override
    public T read(JsonParser in) throws WireException {
      require(in, JsonToken.VALUE_STRING, expected);
      try {
        return parser.apply(in.getString());
      } catch (DateTimeException e) {
        throw new WireException("must be " + expected);
      }
    }
  }

  /** A JSON array. */
  record Array<C extends Collection<Object>, T>(
      ValueCodec<Object> element, Supplier<C> make, Function<C, T> freeze, boolean unique)
      implements ValueCodec<T> {
    @Override
    public void write(JsonGenerator out, T value) {
      out.writeStartArray();
      Collection<?> elements = (Collection<?>) value;
      for (Object part : unique ? sorted(elements) : elements) {
        element.write(out, part);
      }
      out.writeEndArray();
    }

    /** Sets have no order of their own; a fixed one makes equal values equal bytes. */
    private static Collection<?> sorted(Collection<?> elements) {
      return new TreeSet<>(elements);
    }

    @Override
    public T read(JsonParser in) throws WireException {
      require(in, JsonToken.START_ARRAY, "a list");
      C elements = make.get();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
          throw new WireException("a list must not hold null");
        }
        elements.add(element.read(in));
      }
      return freeze.apply(elements);
    }

    @Override
    public T absent() {
      return freeze.apply(make.get());
    }
  }

  /** A JSON object with free names. */
  record Dictionary(ValueCodec<Object> element) implements ValueCodec<Map<String, Object>> {
    @Override
    public void write(JsonGenerator out, Map<String, Object> value) {
      out.writeStartObject();
      value.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              entry -> {
                out.writeName(entry.getKey());
                element.write(out, entry.getValue());
              });
      out.writeEndObject();
    }

    @Override
    public Map<String, Object> read(JsonParser in) throws WireException {
      require(in, JsonToken.START_OBJECT, "an object");
      Map<String, Object> values = new LinkedHashMap<>();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        if (in.nextToken() == JsonToken.VALUE_NULL) {
          continue;
        }
        values.put(name, element.read(in));
      }
      return Map.copyOf(values);
    }

    @Override
    public Map<String, Object> absent() {
      return Map.of();
    }
  }

  private static ValueCodec<?> list(ValueCodec<?> element) {
    return new Array<List<Object>, List<Object>>(any(element), ArrayList::new, List::copyOf, false);
  }

  private static ValueCodec<?> set(ValueCodec<?> element) {
    return new Array<Set<Object>, Set<Object>>(any(element), LinkedHashSet::new, Set::copyOf, true);
  }

  private static ValueCodec<?> map(ValueCodec<?> element) {
    return new Dictionary(any(element));
  }

  private static <T> ValueCodec<T> parsed(Function<String, T> parser, String expected, T absent) {
    return new Parsed<>(parser, expected, absent);
  }

  @SuppressWarnings("unchecked")
  private static ValueCodec<Object> any(ValueCodec<?> codec) {
    return (ValueCodec<Object>) codec;
  }

  private static void require(JsonParser in, JsonToken token, String expected)
      throws WireException {
    if (in.currentToken() != token) {
      throw new WireException("must be " + expected);
    }
  }
}
