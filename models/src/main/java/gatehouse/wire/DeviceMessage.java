package gatehouse.wire;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.site.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a device publishes: a CloudEvents 1.0 message in structured JSON mode. Who sent it is known
 * from the topic; {@code source} is only compared with it.
 *
 * @param source what the message says of its sender; empty if nothing
 * @param event the event, with an origin in which only id, time, boot, seq and buffered are filled
 * @param skipped names of fields that no event has, in order of appearance
 */
public record DeviceMessage(String source, DeviceEvent event, List<String> skipped) {

  private static final int ID_LENGTH = 128;

  /**
   * Reads a message.
   *
   * @throws WireException naming the field that is missing or wrong
   */
  public static DeviceMessage decode(byte[] json) throws WireException {
    Envelope envelope = new Envelope();
    Json.read(
        json,
        in -> {
          envelope.read(in);
          return envelope;
        });
    if (envelope.event == null) {
      // The type stood behind the data: read again, now knowing it.
      Json.read(
          json,
          in -> {
            envelope.read(in);
            return envelope;
          });
    }
    return envelope.message();
  }

  /** The event as the device would publish it; the inverse of {@link #decode}. */
  public static byte[] encode(DeviceEvent event) {
    return encodeAs(event.getClass(), event);
  }

  private static <T> byte[] encodeAs(Class<T> type, DeviceEvent event) {
    Origin origin = event.origin();
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeStringProperty("specversion", "1.0");
          out.writeStringProperty("id", origin.id());
          out.writeStringProperty("source", origin.community() + '/' + origin.device());
          out.writeStringProperty("type", WireName.of(type));
          out.writeStringProperty("time", origin.time().toString());
          out.writeStringProperty("boot", origin.boot());
          out.writeName("seq");
          out.writeNumber(origin.seq());
          out.writeName("buffered");
          out.writeBoolean(origin.buffered());
          out.writeName("data");
          RecordCodec.of(type).writeWithout(out, type.cast(event), "origin");
          out.writeEndObject();
        });
  }

  /** Collects the envelope over one or two passes. */
  private static final class Envelope {

    private final List<String> skipped = new ArrayList<>();
    private String version = "";
    private String id = "";
    private String source = "";
    private String type = "";
    private String boot = "";
    private long seq = -1;
    private boolean buffered;
    private @Nullable Instant time;
    private @Nullable DeviceEvent event;

    void read(JsonParser in) throws WireException {
      skipped.clear();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "specversion" -> version = text(name, in);
          case "id" -> id = text(name, in);
          case "source" -> source = text(name, in);
          case "type" -> type = text(name, in);
          case "boot" -> boot = text(name, in);
          case "time" -> time = instant(text(name, in));
          case "seq" -> seq = whole(in);
          case "buffered" -> buffered = truth(in);
          case "data" -> data(in);
          default -> new Reading(true, skipped::add).skip(name, in);
        }
      }
    }

    private void data(JsonParser in) throws WireException {
      if (type.isEmpty()) {
        in.skipChildren();
        return;
      }
      RecordCodec<?> codec = FactCodec.codec(type);
      if (codec == null || !DeviceEvent.class.isAssignableFrom(codec.type())) {
        throw new WireException("type is not one of a device event");
      }
      event = (DeviceEvent) codec.readWithout(in, new Reading(true, skipped::add), "origin");
    }

    DeviceMessage message() throws WireException {
      if (!version.equals("1.0")) {
        throw new WireException("specversion must be 1.0");
      }
      if (id.isEmpty() || id.length() > ID_LENGTH) {
        throw new WireException("id must have 1 to " + ID_LENGTH + " characters");
      }
      if (time == null) {
        throw new WireException("time is missing");
      }
      if (event == null) {
        throw new WireException(type.isEmpty() ? "type is missing" : "data is missing");
      }
      if (seq < -1) {
        throw new WireException("seq must not be negative");
      }
      Origin origin =
          new Origin(
              id, "", "", Place.of(""), time, time, boot, seq, buffered, ClockQuality.UNKNOWN);
      return new DeviceMessage(source, event.withOrigin(origin), List.copyOf(skipped));
    }

    private static String text(String name, JsonParser in) throws WireException {
      if (in.currentToken() != JsonToken.VALUE_STRING) {
        throw new WireException(name + " must be text");
      }
      return in.getString();
    }

    private static Instant instant(String text) throws WireException {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw new WireException("time must be RFC 3339 with a zone, like 2026-01-31T08:00:00Z");
      }
    }

    private static long whole(JsonParser in) throws WireException {
      return new ValueCodecs.Whole().read(in);
    }

    private static boolean truth(JsonParser in) throws WireException {
      return new ValueCodecs.Truth().read(in);
    }
  }
}
