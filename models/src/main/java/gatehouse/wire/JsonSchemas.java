package gatehouse.wire;

import gatehouse.alert.Alert;
import gatehouse.analysis.SettingsChange;
import gatehouse.credential.CredentialListAnswer;
import gatehouse.credential.CredentialListCommand;
import gatehouse.door.DoorAck;
import gatehouse.door.DoorCommand;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.notification.Notification;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * JSON Schema (draft 2020-12) of what travels, made from the codecs themselves, so that a schema
 * cannot say anything else than the code does.
 */
public final class JsonSchemas {

  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  private static final List<Class<?>> OTHERS =
      List.of(
          Alert.class,
          Notification.class,
          SettingsChange.class,
          DeadLetter.class,
          Progress.class,
          DoorCommand.class,
          DoorAck.class,
          CredentialListCommand.class,
          CredentialListAnswer.class);

  private JsonSchemas() {}

  /** All schema documents by file name. */
  public static Map<String, String> documents() {
    Map<String, String> documents = new LinkedHashMap<>();
    for (Class<? extends Fact> type : FactCodec.types()) {
      boolean event = DeviceEvent.class.isAssignableFrom(type);
      documents.put(
          WireName.of(type) + ".schema.json",
          document(
              type, event ? "origin" : "", event ? "data of a device message" : "topic facts"));
    }
    for (Class<?> type : OTHERS) {
      documents.put(WireName.of(type) + ".schema.json", document(type, "", "a message of its own"));
    }
    return documents;
  }

  private static String document(Class<?> type, String left, String where) {
    return text(
        out -> {
          out.writeStartObject();
          out.writeStringProperty("$schema", DRAFT);
          out.writeStringProperty("$id", WireName.of(type) + ".schema.json");
          out.writeStringProperty("title", type.getSimpleName());
          out.writeStringProperty("description", where);
          object(out, RecordCodec.of(type), left);
          out.writeEndObject();
        });
  }

  static String text(Consumer<JsonGenerator> content) {
    return new String(Json.writePretty(content), StandardCharsets.UTF_8) + "\n";
  }

  private static void object(JsonGenerator out, RecordCodec<?> codec, String left) {
    out.writeStringProperty("type", "object");
    out.writeName("properties");
    out.writeStartObject();
    for (RecordCodec.Field field : codec.fields()) {
      if (!field.name().equals(left)) {
        out.writeName(field.name());
        out.writeStartObject();
        value(out, field.codec());
        out.writeEndObject();
      }
    }
    out.writeEndObject();
    out.writeName("required");
    out.writeStartArray();
    for (RecordCodec.Field field : codec.fields()) {
      if (field.required()) {
        out.writeString(field.name());
      }
    }
    out.writeEndArray();
  }

  private static void value(JsonGenerator out, ValueCodec<?> codec) {
    if (codec instanceof ValueCodecs.Nested<?> nested) {
      object(out, RecordCodec.of(nested.type()), "");
    } else if (codec instanceof ValueCodecs.Array<?, ?> array) {
      out.writeStringProperty("type", "array");
      out.writeName("items");
      out.writeStartObject();
      value(out, array.element());
      out.writeEndObject();
    } else if (codec instanceof ValueCodecs.Dictionary dictionary) {
      out.writeStringProperty("type", "object");
      out.writeName("additionalProperties");
      out.writeStartObject();
      value(out, dictionary.element());
      out.writeEndObject();
    } else if (codec instanceof ValueCodecs.Constant constant) {
      out.writeStringProperty("type", "string");
      out.writeName("enum");
      out.writeStartArray();
      constant.names().forEach(out::writeString);
      out.writeEndArray();
    } else {
      simple(out, codec);
    }
  }

  private static void simple(JsonGenerator out, ValueCodec<?> codec) {
    if (codec instanceof ValueCodecs.Truth) {
      out.writeStringProperty("type", "boolean");
    } else if (codec instanceof ValueCodecs.Decimal) {
      out.writeStringProperty("type", "number");
    } else if (codec instanceof ValueCodecs.Whole || codec instanceof ValueCodecs.SmallWhole) {
      out.writeStringProperty("type", "integer");
    } else {
      out.writeStringProperty("type", "string");
      if (codec instanceof ValueCodecs.Parsed<?> parsed) {
        out.writeStringProperty("description", parsed.expected());
      }
    }
  }
}
