package gatehouse.labelled.estate;

import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.Dice;
import gatehouse.site.Building;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.DoorSpec;
import gatehouse.site.PassRule;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Position;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws a community's ground: vehicle and pedestrian gates around the grounds; buildings with door,
 * lift and passage counter; garage, plant room, office and club room; a fire lane, a roof and a
 * perimeter that cameras watch; lamp posts.
 */
public final class EstatePlan {

  private static final Position CITY = new Position(60_000, 60_000);
  private static final int FLOORS = 11;
  private static final String CLASS = "residential";

  private final String community;
  private final Position centre;
  private final Zone grounds = area("grounds", Zone.AntiPassback.NONE, 1);
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, Instrument> instruments = new LinkedHashMap<>();
  private final List<Fact> devices = new ArrayList<>();

  private EstatePlan(String community, Position centre) {
    this.community = community;
    this.centre = centre;
  }

  /**
   * The ground of a community.
   *
   * @param buildings how many residential buildings
   * @param rooms places in homes where a sensor is fitted
   */
  public static Estate draw(String community, int buildings, List<String> rooms, Dice dice) {
    Position centre =
        new Position(
            Math.round(dice.between(0, CITY.east())), Math.round(dice.between(0, CITY.north())));
    EstatePlan plan = new EstatePlan(community, centre);
    plan.gates(dice);
    for (int b = 1; b <= buildings; b++) {
      plan.building("b" + b, b);
    }
    plan.rooms();
    plan.open();
    rooms.forEach(plan::sensor);
    return plan.estate(buildings);
  }

  private void gates(Dice dice) {
    int vehicleGates = dice.whole(2, 3);
    for (int i = 1; i <= vehicleGates; i++) {
      String id = "gate-" + i;
      place(id, Place.Kind.VEHICLE_GATE, "", List.of(), List.of(grounds), spot(i * 2.1, 260));
      device(id + "-in", id, Instrument.VEHICLE_CHECKPOINT, Direction.IN);
      device(id + "-out", id, Instrument.VEHICLE_CHECKPOINT, Direction.OUT);
    }
    for (int i = 1; i <= 2; i++) {
      String id = "walk-" + i;
      place(id, Place.Kind.TURNSTILE, "", List.of(), List.of(grounds), spot(i * 3.3, 180));
      device(id + "-in", id, Instrument.TERMINAL, Direction.IN);
      device(id + "-out", id, Instrument.TERMINAL, Direction.OUT);
      device(id + "-face", id, Instrument.FACE_CHECKPOINT, Direction.UNKNOWN);
      device(id + "-tags", id, Instrument.TAG_READER, Direction.UNKNOWN);
    }
  }

  private void building(String building, int number) {
    Zone inside = area(building, Zone.AntiPassback.NONE, 1);
    DoorSpec spec = new DoorSpec(true, true, false, false, null);
    add(
        new Place(
            building + "-door",
            Place.Kind.DOOR,
            "",
            building,
            CLASS,
            CitySettings.ZONE.getId(),
            List.of(grounds),
            List.of(grounds, inside),
            spot(number * 0.9, 90),
            spec,
            List.of(),
            Map.of()));
    device(building + "-door", building + "-door", Instrument.TERMINAL, Direction.IN);
    device(building + "-count", building + "-door", Instrument.CAMERA, Direction.UNKNOWN);
    place(
        building + "-lift",
        Place.Kind.LIFT,
        building,
        List.of(inside),
        List.of(inside),
        spot(number * 0.9, 80));
    device(building + "-lift", building + "-lift", Instrument.LIFT, Direction.UNKNOWN);
    device(building + "-lift-cam", building + "-lift", Instrument.CAMERA, Direction.UNKNOWN);
  }

  private void rooms() {
    Zone garage = area("garage", Zone.AntiPassback.NONE, 1).usedAs(Zone.Use.GARAGE);
    room("garage-door", List.of(grounds), garage, false, List.of());
    device("garage-door", "garage-door", Instrument.TERMINAL, Direction.IN);
    place("garage", Place.Kind.CAMERA, "", List.of(), List.of(garage), spot(1, 40));
    device("garage-cam", "garage", Instrument.CAMERA, Direction.UNKNOWN);
    Zone plant =
        new Zone(
                "plant",
                "",
                Zone.AntiPassback.STRICT,
                LocalTime.of(4, 0),
                true,
                3,
                Duration.ofHours(4))
            .usedAs(Zone.Use.PLANT_ROOM);
    room("plant-door", List.of(grounds), plant, true, List.of(only(PassRule.Effect.ALLOW)));
    device("plant-door", "plant-door", Instrument.TERMINAL, Direction.UNKNOWN);
    device("plant-count", "plant-door", Instrument.CAMERA, Direction.UNKNOWN);
    Zone office =
        new Zone("office", "", Zone.AntiPassback.SOFT, LocalTime.of(4, 0), false, 1, null);
    place(
        "office-gate",
        Place.Kind.TURNSTILE,
        "",
        List.of(grounds),
        List.of(grounds, office),
        spot(4, 60));
    device("office-gate", "office-gate", Instrument.TERMINAL, Direction.UNKNOWN);
    Zone club = area("club", Zone.AntiPassback.NONE, 0).certifiedFor(40);
    place("club", Place.Kind.ROOM, "", List.of(grounds), List.of(grounds, club), spot(5, 60));
    device("club-cam", "club", Instrument.CAMERA, Direction.UNKNOWN);
  }

  private void open() {
    watched("lane", area("fire-lane", Zone.AntiPassback.NONE, 0).usedAs(Zone.Use.FIRE_LANE), 2.6);
    watched("roof", area("roof", Zone.AntiPassback.NONE, 2).usedAs(Zone.Use.ROOF), 0.4);
    watched("fence", area("perimeter", Zone.AntiPassback.NONE, 2).usedAs(Zone.Use.PERIMETER), 5.2);
    for (int i = 1; i <= 3; i++) {
      place("pole-" + i, Place.Kind.POLE, "", List.of(), List.of(), spot(i * 2, 120));
      device("pole-" + i, "pole-" + i, Instrument.POLE, Direction.UNKNOWN);
    }
  }

  private void sensor(String room) {
    place(room, Place.Kind.ROOM, "", List.of(), List.of(), null);
    device(room, room, Instrument.SENSOR, Direction.UNKNOWN);
  }

  private void watched(String id, Zone zone, double angle) {
    place(id, Place.Kind.CAMERA, "", List.of(), List.of(zone), spot(angle, 130));
    device(id + "-cam", id, Instrument.CAMERA, Direction.UNKNOWN);
  }

  private void room(String id, List<Zone> from, Zone to, boolean fireDoor, List<PassRule> rules) {
    List<Zone> inside = new ArrayList<>(from);
    inside.add(to);
    add(
        new Place(
            id,
            Place.Kind.DOOR,
            "",
            "",
            CLASS,
            CitySettings.ZONE.getId(),
            from,
            List.copyOf(inside),
            spot(id.length(), 70),
            new DoorSpec(true, true, false, fireDoor, null),
            rules,
            Map.of()));
  }

  private static PassRule only(PassRule.Effect effect) {
    return new PassRule(
        effect,
        Set.of(),
        Set.of(),
        Set.of(Estate.PLANT_STAFF),
        Set.of(),
        null,
        null,
        Direction.UNKNOWN);
  }

  private static Zone area(String id, Zone.AntiPassback mode, int sensitivity) {
    return new Zone(id, "", mode, null, false, sensitivity, null);
  }

  private Position spot(double angle, double distance) {
    return new Position(
        centre.east() + Math.rint(distance * Math.cos(angle)),
        centre.north() + Math.rint(distance * Math.sin(angle)));
  }

  private void place(
      String id,
      Place.Kind kind,
      String building,
      List<Zone> from,
      List<Zone> to,
      @Nullable Position position) {
    add(
        new Place(
            id,
            kind,
            "",
            building,
            CLASS,
            CitySettings.ZONE.getId(),
            from,
            to,
            position,
            DoorSpec.NONE,
            List.of(),
            Map.of()));
  }

  private void add(Place place) {
    places.put(place.id(), place);
  }

  private void device(String id, String place, String kind, Direction side) {
    instruments.put(id, new Instrument(community, id, place, kind));
    devices.add(new Device(id, community, Estate.BUILT, place, kind, side, "", true));
  }

  private Estate estate(int buildings) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Community(community, Estate.BUILT, "", CLASS, "", CitySettings.ZONE.getId(), centre));
    for (int b = 1; b <= buildings; b++) {
      facts.add(new Building("b" + b, community, Estate.BUILT, "", FLOORS));
    }
    places
        .values()
        .forEach(place -> facts.add(new PlaceEntry(community, Estate.BUILT, Estate.BUILT, place)));
    facts.addAll(devices);
    return new Estate(
        community,
        centre,
        buildings,
        Collections.unmodifiableMap(places),
        Collections.unmodifiableMap(instruments),
        List.copyOf(facts));
  }
}
