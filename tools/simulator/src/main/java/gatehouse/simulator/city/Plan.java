package gatehouse.simulator.city;

import gatehouse.event.Direction;
import gatehouse.site.DoorSpec;
import gatehouse.site.PassRule;
import gatehouse.site.Place;
import gatehouse.site.Position;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How every community is laid out: vehicle gates north and south, pedestrian gates east and west,
 * four buildings, a plant room under the first, faces seen at two checkpoints, three smart poles.
 */
final class Plan {

  static final int BUILDINGS = 4;
  static final String STAFF_LIST = "plant-room-staff";
  static final String PLANT_DOOR = "plant-room";

  private static final String TIME_ZONE = "Asia/Shanghai";
  private static final String CLASS = "residential";

  private final String community;
  private final Position centre;
  private final List<Place> places = new ArrayList<>();
  private final List<SimulatedDevice> devices = new ArrayList<>();

  Plan(String community, Position centre) {
    this.community = community;
    this.centre = centre;
    Zone grounds = new Zone("grounds", "Grounds", Zone.AntiPassback.NONE, null, false, 1, null);
    vehicleGate("north", 240, grounds);
    vehicleGate("south", -240, grounds);
    footGate("east", 160, grounds);
    footGate("west", -160, grounds);
    for (int b = 1; b <= BUILDINGS; b++) {
      building(b, grounds);
    }
    plantRoom(grounds);
    watched("face-lobby", "Lobby camera", Place.Kind.FACE_CHECKPOINT, "face-checkpoint", 20, 0);
    watched("face-garage", "Garage camera", Place.Kind.FACE_CHECKPOINT, "face-checkpoint", -40, 60);
    watched("pole-1", "Lamp post 1", Place.Kind.POLE, "smart-pole", 80, 90);
    watched("pole-2", "Lamp post 2", Place.Kind.POLE, "smart-pole", -80, 90);
    watched("pole-3", "Lamp post 3", Place.Kind.POLE, "smart-pole", 0, -120);
  }

  List<Place> places() {
    return List.copyOf(places);
  }

  List<SimulatedDevice> devices() {
    return List.copyOf(devices);
  }

  /** Id of the terminal at the door of a building. */
  static String door(int building) {
    return "b" + building + "-door";
  }

  private void vehicleGate(String side, double north, Zone grounds) {
    String id = "gate-" + side;
    String name = capital(side) + " gate";
    // Around the outside the next gate is a minute away, whoever drives.
    Map<String, Duration> ways =
        Map.of(side.equals("north") ? "gate-south" : "gate-north", Duration.ofMinutes(1));
    place(
        id,
        name,
        Place.Kind.VEHICLE_GATE,
        "",
        List.of(),
        List.of(grounds),
        0,
        north,
        DoorSpec.NONE,
        List.of(),
        ways);
    device(id + "-in", id, "vehicle-checkpoint", Direction.IN, name + ", lane in");
    device(id + "-out", id, "vehicle-checkpoint", Direction.OUT, name + ", lane out");
  }

  private void footGate(String side, double east, Zone grounds) {
    String id = "walk-" + side;
    String name = capital(side) + " walk";
    place(
        id,
        name,
        Place.Kind.TURNSTILE,
        "",
        List.of(),
        List.of(grounds),
        east,
        0,
        DoorSpec.NONE,
        List.of(),
        Map.of());
    device(id + "-in", id, SimulatedDevice.ACCESS_TERMINAL, Direction.IN, name);
    device(id + "-out", id, SimulatedDevice.ACCESS_TERMINAL, Direction.OUT, name + ", way out");
  }

  private void building(int number, Zone grounds) {
    Zone inside =
        new Zone("b" + number, "Building " + number, Zone.AntiPassback.NONE, null, false, 1, null);
    String id = door(number);
    String name = "Building " + number + " door";
    place(
        id,
        name,
        Place.Kind.DOOR,
        "b" + number,
        List.of(grounds),
        List.of(grounds, inside),
        60.0 * (number - 2.5),
        40,
        new DoorSpec(true, true, false, number == 1, Duration.ofSeconds(45)),
        List.of(),
        Map.of());
    device(id, id, SimulatedDevice.ACCESS_TERMINAL, Direction.IN, name);
  }

  private void plantRoom(Zone grounds) {
    Zone inside = new Zone("b1", "Building 1", Zone.AntiPassback.NONE, null, false, 1, null);
    Zone plant =
        new Zone(
            "plant", "Plant room", Zone.AntiPassback.STRICT, LocalTime.of(4, 0), true, 3, null);
    PassRule staffOnly =
        new PassRule(
            PassRule.Effect.ALLOW,
            Set.of(),
            Set.of(),
            Set.of(STAFF_LIST),
            Set.of(),
            null,
            null,
            Direction.UNKNOWN);
    place(
        PLANT_DOOR,
        "Plant room door",
        Place.Kind.DOOR,
        "b1",
        List.of(grounds, inside),
        List.of(grounds, inside, plant),
        -85,
        30,
        new DoorSpec(true, true, false, true, Duration.ofSeconds(30)),
        List.of(staffOnly),
        Map.of());
    device(
        PLANT_DOOR,
        PLANT_DOOR,
        SimulatedDevice.ACCESS_TERMINAL,
        Direction.UNKNOWN,
        "Plant room door");
  }

  private void watched(
      String id, String name, Place.Kind kind, String device, double east, double north) {
    place(
        id, name, kind, "", List.of(), List.of(), east, north, DoorSpec.NONE, List.of(), Map.of());
    device(id, id, device, Direction.UNKNOWN, name);
  }

  private void place(
      String id,
      String name,
      Place.Kind kind,
      String building,
      List<Zone> from,
      List<Zone> to,
      double east,
      double north,
      DoorSpec door,
      List<PassRule> rules,
      Map<String, Duration> ways) {
    places.add(
        new Place(
            id,
            kind,
            name,
            building,
            CLASS,
            TIME_ZONE,
            from,
            to,
            new Position(centre.east() + east, centre.north() + north),
            door,
            rules,
            ways));
  }

  private void device(String id, String place, String kind, Direction side, String name) {
    devices.add(new SimulatedDevice(community, id, place, kind, side, name));
  }

  static String timeZone() {
    return TIME_ZONE;
  }

  static String communityClass() {
    return CLASS;
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
