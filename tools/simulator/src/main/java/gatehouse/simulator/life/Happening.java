package gatehouse.simulator.life;

import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.PoleAlarm;
import gatehouse.event.SensorReading;
import gatehouse.event.TrackSighting;
import gatehouse.simulator.city.Car;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What devices see, in the words of the event contract. */
final class Happening {

  private Happening() {}

  static Function<Origin, DeviceEvent> granted(
      String credential, CredentialType type, String subjectType, Direction direction) {
    return access(
        credential, type, subjectType, direction, Outcome.GRANTED, DenialReason.NONE, false);
  }

  static Function<Origin, DeviceEvent> denied(String credential, DenialReason reason) {
    return access(credential, CredentialType.CARD, "", Direction.IN, Outcome.DENIED, reason, false);
  }

  /** Opened under threat: the door opens as always. */
  static Function<Origin, DeviceEvent> duress(String credential) {
    return access(
        credential,
        CredentialType.PIN,
        "resident",
        Direction.IN,
        Outcome.GRANTED,
        DenialReason.NONE,
        true);
  }

  private static Function<Origin, DeviceEvent> access(
      String credential,
      CredentialType type,
      String subjectType,
      Direction direction,
      Outcome outcome,
      DenialReason reason,
      boolean duress) {
    return origin ->
        new AccessEvent(
            origin,
            credential,
            type,
            subjectType,
            null,
            null,
            direction,
            outcome,
            reason,
            duress,
            null);
  }

  static Function<Origin, DeviceEvent> door(DoorEvent.Change change) {
    return origin -> new DoorEvent(origin, change);
  }

  /** A read as good cameras make them by day. */
  static Function<Origin, DeviceEvent> plate(
      Car car, String colour, String type, String brand, double confidence, Direction direction) {
    return origin ->
        new PlateRead(
            origin,
            car.plate(),
            car.plate(),
            confidence,
            List.of(),
            car.plateColour(),
            colour,
            type,
            brand,
            "1",
            direction,
            Outcome.GRANTED,
            List.of(),
            null);
  }

  static Function<Origin, DeviceEvent> face(
      @Nullable String person, @Nullable String stranger, double similarity, double quality) {
    return origin ->
        new FaceCapture(
            origin, person, stranger, similarity, quality, true, Direction.UNKNOWN, null);
  }

  static Function<Origin, DeviceEvent> passers(String track, int count) {
    return origin ->
        new TrackSighting(
            origin,
            track,
            TrackSighting.Kind.PERSON,
            null,
            null,
            count,
            0.9,
            Direction.UNKNOWN,
            "");
  }

  static Function<Origin, DeviceEvent> measured(
      SensorReading.Kind kind, double value, String unit) {
    return origin -> new SensorReading(origin, kind, value, unit, false);
  }

  static Function<Origin, DeviceEvent> poleAlarm(PoleAlarm.Kind kind, boolean active) {
    return origin -> new PoleAlarm(origin, kind, active);
  }

  static Function<Origin, DeviceEvent> alive() {
    return origin ->
        new DeviceStatus(origin, DeviceStatus.State.ONLINE, "2.4.1", List.of(), 3.0, 0.0);
  }
}
