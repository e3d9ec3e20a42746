package gatehouse.model;

import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.Plates;
import gatehouse.event.TagRead;
import gatehouse.event.TrackSighting;
import org.jspecify.annotations.Nullable;

/**
 * A device event as a passage, or an attempt at one: who, what class, which way.
 *
 * @param subjectType credential, plate, tag, person or track
 * @param subject its id
 * @param subjectClass class of the subject as the log gives it (resident, staff, truck, ...), empty
 *     if unknown
 * @param person the person behind a credential, if the device knows
 * @param direction which way
 * @param outcome whether it was let pass; UNKNOWN: it passed, nobody decided
 * @param confidence how sure the device is of the subject, 0..1
 */
record Passage(
    String subjectType,
    String subject,
    String subjectClass,
    @Nullable String person,
    Direction direction,
    Outcome outcome,
    double confidence) {

  static final String CREDENTIAL = "credential";
  static final String PLATE = "plate";
  static final String TAG = "tag";
  static final String PERSON = "person";
  static final String TRACK = "track";

  /** The event as a passage; null if it names nobody, or is no passage at all. */
  static @Nullable Passage of(DeviceEvent event) {
    Passage passage = read(event);
    return passage == null || passage.subject.isEmpty() ? null : passage;
  }

  /** Whether it was let pass. */
  boolean passed() {
    return outcome != Outcome.DENIED;
  }

  private static @Nullable Passage read(DeviceEvent event) {
    if (event instanceof AccessEvent access) {
      boolean plate = access.credentialType() == CredentialType.PLATE;
      return new Passage(
          plate ? PLATE : CREDENTIAL,
          plate ? Plates.canonical(access.credential()) : access.credential(),
          access.subjectType(),
          access.person(),
          access.direction(),
          access.outcome(),
          1);
    } else if (event instanceof PlateRead read) {
      return new Passage(
          PLATE,
          read.plate(),
          read.vehicleType(),
          null,
          read.direction(),
          read.outcome(),
          read.confidence());
    } else if (event instanceof TagRead read) {
      return new Passage(
          TAG, read.tag(), read.subjectType(), null, read.direction(), Outcome.UNKNOWN, 1);
    } else if (event instanceof TrackSighting sighting) {
      return new Passage(
          TRACK,
          sighting.track(),
          sighting.subjectType(),
          null,
          sighting.direction(),
          Outcome.UNKNOWN,
          sighting.confidence());
    } else if (event instanceof FaceCapture capture) {
      String person = capture.person() == null ? "" : capture.person();
      return new Passage(
          PERSON, person, "", person, capture.direction(), Outcome.UNKNOWN, capture.quality());
    }
    return null;
  }
}
