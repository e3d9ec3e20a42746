package gatehouse.bench;

import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A made-up city at a busy hour, the same at every run: doors in anti-passback zones and vehicle
 * gates. Of ten events five are badge reads, four are a door that opens or closes, one is a plate.
 * Nearly everything is as it should be, as in life.
 */
final class Traffic {
  private static final int DOORS = 40;
  private static final int GATES = 4;
  private static final int PEOPLE = 2_000;
  private static final int VEHICLES = 500;

  private final List<String> communities;
  private final Instant start;
  private final Duration step;
  private final String boot;
  private final long[] seq;

  /**
   * Events from {@code start} on.
   *
   * @param communities ids; the events go through them in turn
   * @param step between two events
   * @param boot the devices' boot id; events of another one are other events
   */
  Traffic(List<String> communities, Instant start, Duration step, String boot) {
    this.communities = communities;
    this.start = start;
    this.step = step;
    this.boot = boot;
    this.seq = new long[communities.size() * (DOORS + GATES)];
  }

  /** What must be known of the city before its first event. */
  static List<Fact> site(List<String> communities, Instant since) {
    List<Fact> facts = new ArrayList<>();
    for (String community : communities) {
      facts.add(new Community(community, since, community, "", "", "Asia/Shanghai", null));
      for (int i = 0; i < DOORS + GATES; i++) {
        boolean door = i < DOORS;
        String place = "place-" + i;
        facts.add(new PlaceEntry(community, since, since, place(place, door)));
        facts.add(
            new Device(
                "device-" + i,
                community,
                since,
                place,
                door ? "access-terminal" : "vehicle-checkpoint",
                Direction.UNKNOWN,
                place,
                true));
      }
    }
    return facts;
  }

  private static Place place(String id, boolean door) {
    Zone inside = new Zone("inside-" + id, id, Zone.AntiPassback.STRICT, null, false, 1, null);
    return new Place(
        id,
        door ? Place.Kind.DOOR : Place.Kind.VEHICLE_GATE,
        id,
        "",
        "",
        "Asia/Shanghai",
        List.of(),
        door ? List.of(inside) : List.of(),
        null,
        door ? DoorSpec.STANDARD : DoorSpec.NONE,
        List.of(),
        Map.of());
  }

  /** The community of an event. */
  String community(int number) {
    return communities.get(number % communities.size());
  }

  /** The time of an event. */
  Instant time(int number) {
    return start.plus(step.multipliedBy(number));
  }

  /** Events must be asked for in order: the devices count them. */
  DeviceEvent event(int number) {
    int turn = number / communities.size();
    int round = turn / 10;
    int kind = turn % 10;
    if (kind == 9) {
      return plate(number, round);
    }
    int door = (round * 5 + kind / 2) % DOORS;
    return kind % 2 == 0 ? badge(number, round, door) : contact(number, round, door);
  }

  /** Everybody goes in and out in turn, each always by the same door. */
  private AccessEvent badge(int number, int round, int door) {
    int visit = round / (DOORS / 5);
    int person = visit % (PEOPLE / DOORS);
    Direction direction = visit / (PEOPLE / DOORS) % 2 == 0 ? Direction.IN : Direction.OUT;
    return new AccessEvent(
        origin(number, door),
        "card-" + (door * PEOPLE + person),
        CredentialType.CARD,
        "resident",
        "person-" + (door * PEOPLE + person),
        "unit-" + person,
        direction,
        Outcome.GRANTED,
        DenialReason.NONE,
        false,
        null);
  }

  private DoorEvent contact(int number, int round, int door) {
    return new DoorEvent(
        origin(number, door),
        round / (DOORS / 5) % 2 == 0 ? DoorEvent.Change.OPENED : DoorEvent.Change.CLOSED);
  }

  private PlateRead plate(int number, int round) {
    String plate = "京A" + (10_000 + round % VEHICLES);
    return new PlateRead(
        origin(number, DOORS + round % GATES),
        plate,
        plate,
        0.97,
        List.of(),
        "blue",
        "white",
        "car",
        "",
        "1",
        round / VEHICLES % 2 == 0 ? Direction.IN : Direction.OUT,
        Outcome.GRANTED,
        List.of(),
        null);
  }

  private Origin origin(int number, int device) {
    String community = community(number);
    long counted = seq[number % communities.size() * (DOORS + GATES) + device]++;
    Instant time = time(number);
    return new Origin(
        boot + "-" + number,
        community,
        "device-" + device,
        Place.of("place-" + device),
        time,
        time,
        boot,
        counted,
        false,
        ClockQuality.GOOD);
  }
}
