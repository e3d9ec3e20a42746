package gatehouse.wire;

import gatehouse.alert.Alert;
import gatehouse.analysis.SettingsChange;
import gatehouse.credential.CredentialListAnswer;
import gatehouse.credential.CredentialListCommand;
import gatehouse.door.DoorAck;
import gatehouse.door.DoorCommand;
import gatehouse.event.DeviceEvent;
import gatehouse.notification.Notification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** The AsyncAPI 3.0 document of the MQTT and Kafka topics, made from the code. */
public final class AsyncApi {

  private AsyncApi() {}

  private record Channel(String address, String summary, List<String> messages) {}

  /** The document as JSON, which is also YAML. */
  public static String document() {
    Map<String, Channel> channels = channels();
    return JsonSchemas.text(
        out -> {
          out.writeStartObject();
          out.writeStringProperty("asyncapi", "3.0.0");
          out.writeName("info");
          out.writeStartObject();
          out.writeStringProperty("title", "Gatehouse");
          out.writeStringProperty("version", "1");
          out.writeStringProperty(
              "description",
              "Devices speak MQTT 5 with QoS 1; messages are CloudEvents 1.0 in structured JSON mode."
                  + " Kafka records are JSON with CloudEvents headers.");
          out.writeEndObject();
          out.writeName("channels");
          out.writeStartObject();
          channels.forEach((name, channel) -> channel(out, name, channel));
          out.writeEndObject();
          components(out, channels);
          out.writeEndObject();
        });
  }

  private static Map<String, Channel> channels() {
    Map<String, Channel> channels = new LinkedHashMap<>();
    List<String> events = names(DeviceEvent.class.getPermittedSubclasses());
    String device = "gatehouse/v1/{community}/{device}/";
    channels.put(
        "deviceEvent", new Channel(device + "event", "A device reports what happened.", events));
    channels.put(
        "deviceCommand",
        new Channel(
            device + "command",
            "A signed command to a door or to its list of credentials, never retained.",
            names(DoorCommand.class, CredentialListCommand.class)));
    channels.put(
        "deviceAck",
        new Channel(
            device + "ack",
            "The door's answer.",
            names(DoorAck.class, CredentialListAnswer.class)));
    for (Topic topic : Topic.values()) {
      channels.put(
          "kafka"
              + topic.name().charAt(0)
              + topic.name().substring(1).toLowerCase(Locale.ROOT).replace("_", ""),
          new Channel(
              topic.topicName(),
              "Kafka topic, " + topic.cleanup().name().toLowerCase(Locale.ROOT) + " retention.",
              messages(topic, events)));
    }
    return channels;
  }

  private static List<String> messages(Topic topic, List<String> events) {
    return switch (topic) {
      case EVENTS, LATE -> events;
      case FACTS ->
          FactCodec.types().stream()
              .filter(type -> !DeviceEvent.class.isAssignableFrom(type))
              .map(WireName::of)
              .toList();
      case SETTINGS -> names(SettingsChange.class);
      case ALERTS -> names(Alert.class);
      case NOTIFICATIONS -> names(Notification.class);
      case DEAD_LETTERS -> names(DeadLetter.class);
      case PROGRESS -> names(Progress.class);
    };
  }

  private static List<String> names(Class<?>... types) {
    return Stream.of(types).<String>map(WireName::of).toList();
  }

  private static void channel(JsonGenerator out, String name, Channel channel) {
    out.writeName(name);
    out.writeStartObject();
    out.writeStringProperty("address", channel.address());
    out.writeStringProperty("summary", channel.summary());
    if (channel.address().contains("{")) {
      out.writeName("parameters");
      out.writeStartObject();
      for (String parameter : List.of("community", "device")) {
        out.writeName(parameter);
        out.writeStartObject();
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    out.writeName("messages");
    out.writeStartObject();
    for (String message : channel.messages()) {
      out.writeName(message);
      reference(out, "#/components/messages/" + message);
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void components(JsonGenerator out, Map<String, Channel> channels) {
    out.writeName("components");
    out.writeStartObject();
    out.writeName("messages");
    out.writeStartObject();
    channels.values().stream()
        .flatMap(channel -> channel.messages().stream())
        .distinct()
        .sorted()
        .forEach(
            name -> {
              out.writeName(name);
              out.writeStartObject();
              out.writeName("payload");
              reference(out, "schemas/" + name + ".schema.json");
              out.writeEndObject();
            });
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void reference(JsonGenerator out, String target) {
    out.writeStartObject();
    out.writeStringProperty("$ref", target);
    out.writeEndObject();
  }
}
