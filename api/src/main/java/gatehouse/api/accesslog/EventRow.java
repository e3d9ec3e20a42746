package gatehouse.api.accesslog;

import gatehouse.event.AccessEvent;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DoorEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.event.SensorReading;
import gatehouse.event.TagRead;
import gatehouse.wire.WireName;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the access log says of an event.
 *
 * @param passage whether somebody or something passed, or tried to
 * @param subjectType credential, plate, person, tag; empty for none
 */
record EventRow(
    boolean passage,
    String subjectType,
    String subject,
    String direction,
    String outcome,
    String reason) {

  private static final EventRow NO_PASSAGE = new EventRow(false, "", "", "", "", "");

  static EventRow of(DeviceEvent event) {
    if (event instanceof AccessEvent access) {
      return new EventRow(
          true,
          "credential",
          access.credential(),
          access.direction().name(),
          access.outcome().name(),
          access.reason() == DenialReason.NONE ? "" : access.reason().name());
    }
    if (event instanceof PlateRead plate) {
      return new EventRow(
          true, "plate", plate.plate(), plate.direction().name(), plate.outcome().name(), "");
    }
    if (event instanceof FaceCapture face) {
      return new EventRow(
          true,
          face.person() == null ? "" : "person",
          Objects.requireNonNullElse(face.person(), ""),
          face.direction().name(),
          "UNKNOWN",
          "");
    }
    if (event instanceof TagRead tag) {
      return new EventRow(true, "tag", tag.tag(), tag.direction().name(), "UNKNOWN", "");
    }
    return NO_PASSAGE;
  }

  /** Appends the event in the order of the table's columns. */
  static void append(CopyText rows, DeviceEvent event, String json) {
    EventRow row = of(event);
    rows.value(event.time())
        .value(event.community())
        .value(event.id())
        .value(event.origin().receivedAt())
        .value(event.place().id())
        .value(event.device())
        .value(WireName.kebab(event.getClass().getSimpleName()))
        .value(row.passage())
        .value(row.subjectType())
        .value(row.subject())
        .value(row.direction())
        .value(row.outcome())
        .value(row.reason())
        .value(event.origin().buffered())
        .value(json)
        .value(position(event))
        .value(openedBy(event));
    appendStatus(rows, event instanceof DeviceStatus status ? status : null);
    appendReading(rows, event instanceof SensorReading reading ? reading : null);
    rows.end();
  }

  private static void appendStatus(CopyText rows, @Nullable DeviceStatus status) {
    rows.value(status == null ? null : status.state())
        .value(status == null ? null : status.firmware())
        .value(status == null ? null : status.clockOffsetMillis());
  }

  private static void appendReading(CopyText rows, @Nullable SensorReading reading) {
    rows.value(reading == null ? null : reading.kind())
        .value(reading == null ? null : reading.value())
        .value(reading == null ? null : reading.unit())
        .value(reading == null ? null : reading.alarm());
  }

  /** What the event says of its door; null if nothing. */
  private static @Nullable String position(DeviceEvent event) {
    if (!(event instanceof DoorEvent door)) {
      return null;
    }
    return switch (door.change()) {
      case OPENED -> "OPEN";
      case CLOSED, UNLOCKED -> "CLOSED";
      case LOCKED -> "LOCKED";
      default -> null;
    };
  }

  private static @Nullable UUID openedBy(DeviceEvent event) {
    if (!(event instanceof AccessEvent access) || access.command() == null) {
      return null;
    }
    try {
      return UUID.fromString(access.command());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
