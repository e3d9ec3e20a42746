package gatehouse.model.denied;

import gatehouse.alert.Evidence;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.model.door.NightHours;
import java.time.Instant;
import java.util.Locale;

/**
 * An attempt to pass that failed.
 *
 * @param event what shows it
 * @param lastAt when it was last seen again
 * @param heardAt when it was received, if it was sent at once; else when it happened
 * @param subject the credential or plate; empty: not recognised
 * @param type what was presented
 * @param reason why it was refused
 * @param registered whether the device knew the holder
 * @param ofUnit whether the credential belongs to a unit
 * @param courier whether it is a courier's
 * @param hour local hour
 * @param atNight whether it was night there
 */
public record Attempt(
    Evidence event,
    Instant lastAt,
    Instant heardAt,
    String subject,
    CredentialType type,
    DenialReason reason,
    boolean registered,
    boolean ofUnit,
    boolean courier,
    int hour,
    boolean atNight) {

  private static final String COURIER = "courier";

  /** A refused credential. */
  public static Attempt of(AccessEvent access, NightHours night) {
    String reason = access.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Attempt(
        Evidence.of(access, "denied-burst.denied-" + reason),
        access.time(),
        heardAt(access),
        access.credential(),
        access.credentialType(),
        access.reason(),
        access.person() != null || access.unit() != null,
        access.unit() != null,
        access.subjectType().equals(COURIER),
        access.time().atZone(access.place().zone()).getHour(),
        night.contain(access.time(), access.place()));
  }

  /** A refused vehicle. */
  public static Attempt of(PlateRead read, NightHours night) {
    return new Attempt(
        Evidence.of(read, "denied-burst.plate-refused"),
        read.time(),
        heardAt(read),
        read.plate(),
        CredentialType.PLATE,
        DenialReason.OTHER,
        false,
        false,
        false,
        read.time().atZone(read.place().zone()).getHour(),
        night.contain(read.time(), read.place()));
  }

  static Attempt of(FaceCapture face, NightHours night) {
    return new Attempt(
        Evidence.of(face, "denied-burst.face-unmatched"),
        face.time(),
        heardAt(face),
        "",
        CredentialType.FACE,
        DenialReason.UNKNOWN_CREDENTIAL,
        false,
        false,
        false,
        face.time().atZone(face.place().zone()).getHour(),
        night.contain(face.time(), face.place()));
  }

  private static Instant heardAt(DeviceEvent event) {
    return event.origin().buffered() ? event.time() : event.origin().receivedAt();
  }

  Instant time() {
    return event.time();
  }

  String place() {
    return event.place();
  }

  String id() {
    return event.eventId();
  }

  /** Out of hours, or somebody known whose face or finger was not good enough. */
  boolean ordinary() {
    return reason == DenialReason.SCHEDULE || (reason == DenialReason.LOW_QUALITY && registered);
  }

  boolean sameSubject(Attempt other) {
    return subject.equals(other.subject) && type == other.type && place().equals(other.place());
  }

  Attempt seenAgain(Instant at) {
    return new Attempt(
        event, at, heardAt, subject, type, reason, registered, ofUnit, courier, hour, atNight);
  }
}
