package gatehouse.model;

import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.Plates;
import gatehouse.site.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passage as far as visits are concerned.
 *
 * @param event the event
 * @param subjectType credential or plate
 * @param subject its id
 * @param role in which role it is on the site for a while; null: it belongs there, or nothing is
 *     known
 * @param resident whether it is registered as belonging there
 * @param emergency whether it is an emergency vehicle
 * @param way which way
 * @param passed whether it was let pass
 * @param confidence how surely it was read, 0..1
 * @param misread probability that it was another, misread
 * @param colour of the vehicle, empty if unknown
 * @param type of the vehicle, empty if unknown
 * @param passes how often it was read here before, faded
 * @param beforeWay which way it passed the border before; UNKNOWN if that is not known
 * @param beforeAt when that was
 */
record StayPassage(
    DeviceEvent event,
    String subjectType,
    String subject,
    @Nullable StayRole role,
    boolean resident,
    boolean emergency,
    Direction way,
    boolean passed,
    double confidence,
    double misread,
    String colour,
    String type,
    double passes,
    Direction beforeWay,
    @Nullable Instant beforeAt) {

  private static final String EMERGENCY = "emergency";

  static StayPassage of(PlateReadInContext context) {
    PlateRead read = context.read();
    String registeredAs = context.registeredAs();
    StayRole role =
        registeredAs == null ? StayRole.VISITOR_VEHICLE : StayRole.of(registeredAs, true);
    return new StayPassage(
        read,
        Passage.PLATE,
        read.plate(),
        role,
        role == null,
        EMERGENCY.equals(registeredAs),
        read.direction(),
        read.outcome() != Outcome.DENIED,
        read.confidence(),
        context.alternativeLikelihood(),
        read.vehicleColour(),
        read.vehicleType(),
        context.passes(),
        context.beforeWay(),
        context.beforeAt());
  }

  static StayPassage of(AccessEvent access) {
    boolean plate = access.credentialType() == CredentialType.PLATE;
    return new StayPassage(
        access,
        plate ? Passage.PLATE : Passage.CREDENTIAL,
        plate ? Plates.canonical(access.credential()) : access.credential(),
        StayRole.of(access.subjectType(), plate),
        false,
        EMERGENCY.equals(access.subjectType()),
        access.direction(),
        access.passed(),
        1,
        0,
        "",
        "",
        0,
        Direction.UNKNOWN,
        null);
  }

  /** Whether it shows that the subject is on the site, and neither comes nor goes. */
  boolean showsInside() {
    Place place = event.place();
    if (!SiteBorder.at(place)) {
      return true;
    }
    return switch (place.kind()) {
      case CAMERA, POLE, ROOM, LIFT, FACE_CHECKPOINT -> way == Direction.UNKNOWN;
      case DOOR, TURNSTILE, VEHICLE_GATE, OTHER ->
          (way == Direction.IN && passed) || (way == Direction.OUT && !passed);
    };
  }
}
