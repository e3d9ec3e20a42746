package gatehouse.model;

import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.Plates;
import gatehouse.registry.Entry;
import gatehouse.site.DoorSpec;
import gatehouse.site.PassRule;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Position;
import gatehouse.site.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words for the examples that the models give of themselves. */
final class Sample {

  static final String COMMUNITY = "maple";
  static final String TIME_ZONE = "Asia/Shanghai";

  private Sample() {}

  /** A door without contact that leads from nowhere in particular into these zones. */
  static Place door(String id, String name, List<Zone> into, List<PassRule> rules) {
    return place(id, Place.Kind.DOOR, name, into, null, rules);
  }

  /** A vehicle gate in the city's plane. */
  static Place gate(String id, String name, Position position) {
    return place(id, Place.Kind.VEHICLE_GATE, name, List.of(), position, List.of());
  }

  private static Place place(
      String id,
      Place.Kind kind,
      String name,
      List<Zone> into,
      @Nullable Position position,
      List<PassRule> rules) {
    return new Place(
        id,
        kind,
        name,
        "",
        "",
        TIME_ZONE,
        List.of(),
        into,
        position,
        DoorSpec.NONE,
        rules,
        Map.of());
  }

  /** The place as the site facts tell of it. */
  static PlaceEntry entry(String community, Place place) {
    Instant surveyed = Instant.parse("2026-01-01T00:00:00Z");
    return new PlaceEntry(community, surveyed, surveyed, place);
  }

  /** A registry entry that was known from the start. */
  static Entry registered(String id, String from, @Nullable String to) {
    Instant validFrom = Instant.parse(from);
    return new Entry(id, COMMUNITY, validFrom, validFrom, to == null ? null : Instant.parse(to));
  }

  /** A use of a card. */
  static AccessEvent card(
      String id, String place, String time, String credential, Direction way, Outcome outcome) {
    return new AccessEvent(
        origin(id, COMMUNITY, place, time),
        credential,
        CredentialType.CARD,
        "resident",
        null,
        null,
        way,
        outcome,
        outcome == Outcome.DENIED ? DenialReason.OTHER : DenialReason.NONE,
        false,
        null);
  }

  /** A plate read with great confidence. */
  static PlateRead plate(
      String id, String community, String place, String time, String plate, String colour) {
    return new PlateRead(
        origin(id, community, place, time),
        Plates.canonical(plate),
        plate,
        0.998,
        List.of(),
        "blue",
        colour,
        "car",
        "",
        "1",
        Direction.IN,
        Outcome.GRANTED,
        List.of(),
        null);
  }

  static Origin origin(String id, String community, String place, String time) {
    Instant at = Instant.parse(time);
    return new Origin(
        id,
        community,
        place + "-device",
        Place.of(place),
        at,
        at,
        "b1",
        -1,
        false,
        ClockQuality.GOOD);
  }
}
