package gatehouse.labelled.act;

import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import gatehouse.event.PoleAlarm;
import gatehouse.event.SensorReading;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Car;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that physically happens in front of a device, at true time. */
public sealed interface Act {

  /** When, in true time. */
  Instant at();

  /** The device in front of which it happens. */
  Instrument by();

  /**
   * Somebody presents a credential, and the terminal decides.
   *
   * @param subjectType class of the holder, as the terminal knows it
   * @param person the holder, if the terminal knows
   * @param unit the unit, if the terminal knows
   */
  record Badge(
      Instant at,
      Instrument by,
      String credential,
      CredentialType type,
      String subjectType,
      @Nullable String person,
      @Nullable String unit,
      Direction direction,
      Outcome outcome,
      DenialReason reason,
      boolean duress,
      @Nullable String command)
      implements Act {}

  /** A door stands open; overlapping ones are one opening. */
  record Opening(Instant at, Instrument by, Instant until) implements Act {}

  /** A door is forced and stands open for so long; one that is open, as soon as it has shut. */
  record Breach(Instant at, Instrument by, Duration length) implements Act {}

  /**
   * A door's bolt works otherwise than it should, for a while.
   *
   * @param until when it is put right; a bolt that is out then goes in
   * @param takes how long it takes to go in after the door has closed
   * @param reported whether the lock says that it is not in
   */
  record Bolt(Instant at, Instrument by, Instant until, Duration takes, boolean reported)
      implements Act {}

  /** A door reports something other than its contact and lock. */
  record Release(Instant at, Instrument by, DoorEvent.Change change) implements Act {}

  /**
   * A vehicle passes a vehicle gate.
   *
   * @param car the vehicle as it really is
   * @param occupants who really sits in it
   */
  record Drive(Instant at, Instrument by, Car car, Direction direction, List<String> occupants)
      implements Act {}

  /**
   * Somebody shows their face to a face checkpoint.
   *
   * @param person registered person; null: a stranger
   * @param visit names the stranger's visit; the camera gives ids of its own
   */
  record Show(Instant at, Instrument by, @Nullable String person, String visit, Direction direction)
      implements Act {}

  /** A tagged thing passes a reader. */
  record Carry(Instant at, Instrument by, String tag, String kind, Direction direction)
      implements Act {}

  /**
   * Somebody or something is followed by a camera, or so many are counted.
   *
   * @param track names what is followed; the camera gives ids of its own
   * @param until when it leaves the camera's zone; null: it only passes
   * @param confidence how clear it is to see, 0..1
   */
  record Move(
      Instant at,
      Instrument by,
      String track,
      TrackSighting.Kind kind,
      @Nullable Instant until,
      int count,
      double confidence,
      Direction direction,
      String subjectType)
      implements Act {}

  /** A quantity has a value where a sensor is; alarm: the sensor's own threshold is passed. */
  record Measure(
      Instant at, Instrument by, SensorReading.Kind kind, double value, String unit, boolean alarm)
      implements Act {}

  /** An alarm input of a lamp post, lift or app changes. */
  record Press(Instant at, Instrument by, PoleAlarm.Kind kind, boolean active) implements Act {}

  /** A device reports on itself. */
  record Report(
      Instant at,
      Instrument by,
      DeviceStatus.State state,
      List<String> tamper,
      @Nullable Double bufferFill)
      implements Act {}
}
