package gatehouse.wire;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.registry.RegistryFact;
import gatehouse.site.SiteFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Events, registry and site facts as JSON objects whose first field, {@code @type}, names the
 * class.
 */
public final class FactCodec {

  private static final String TYPE = "@type";
  private static final Map<String, RecordCodec<?>> BY_NAME = byName();

  private FactCodec() {}

  /** Every class of fact that travels, in a fixed order. */
  public static List<Class<? extends Fact>> types() {
    List<Class<? extends Fact>> types = new ArrayList<>();
    for (Class<?> family : List.of(DeviceEvent.class, RegistryFact.class, SiteFact.class)) {
      for (Class<?> type : family.getPermittedSubclasses()) {
        types.add(type.asSubclass(Fact.class));
      }
    }
    return types;
  }

  /** The fact as a JSON document. */
  public static byte[] encode(Fact fact) {
    return encodeAs(fact.getClass(), fact);
  }

  /**
   * Reads a fact.
   *
   * @throws WireException if it is not one; a type of a newer version says so by its name
   */
  public static Fact decode(byte[] json) throws WireException {
    return Json.read(json, FactCodec::read);
  }

  /**
   * Reads a fact of a known class that a person wrote, without {@code @type}.
   *
   * @throws WireException if a field is wrong, or is none of the class
   */
  public static <F extends Fact> F parse(Class<F> type, byte[] json) throws WireException {
    List<String> unknown = new ArrayList<>();
    F fact =
        Json.read(
            json, in -> RecordCodec.of(type).readFields(in, new Reading(false, unknown::add)));
    if (!unknown.isEmpty()) {
      throw new WireException(unknown.get(0) + ": there is no such field");
    }
    return fact;
  }

  /** The codec of a type's name, or null if there is none of that name. */
  static @Nullable RecordCodec<?> codec(String type) {
    return BY_NAME.get(type);
  }

  private static <T> byte[] encodeAs(Class<T> type, Object fact) {
    RecordCodec<T> codec = RecordCodec.of(type);
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringProperty(TYPE, WireName.of(type));
          codec.writeFields(out, type.cast(fact));
          out.writeEndObject();
        });
  }

  private static Fact read(JsonParser in) throws WireException {
    if (in.nextToken() != JsonToken.PROPERTY_NAME
        || !TYPE.equals(in.currentName())
        || in.nextToken() != JsonToken.VALUE_STRING) {
      throw new WireException("the first field must be @type");
    }
    RecordCodec<?> codec = codec(in.getString());
    if (codec == null) {
      throw new WireException("unknown type");
    }
    return (Fact) codec.readFields(in, Reading.LENIENT);
  }

  private static Map<String, RecordCodec<?>> byName() {
    Map<String, RecordCodec<?>> byName = new LinkedHashMap<>();
    for (Class<? extends Fact> type : types()) {
      byName.put(WireName.of(type), RecordCodec.of(type));
    }
    return byName;
  }
}
