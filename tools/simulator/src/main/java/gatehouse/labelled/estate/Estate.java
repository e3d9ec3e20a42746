package gatehouse.labelled.estate;

import gatehouse.fact.Fact;
import gatehouse.site.Place;
import gatehouse.site.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A community's ground: what stands where.
 *
 * @param community its id
 * @param centre where it lies in the city
 * @param buildings how many residential buildings, named b1, b2, ...
 * @param places every place, by id
 * @param instruments every device, by id
 * @param facts all of it as registered
 */
public record Estate(
    String community,
    Position centre,
    int buildings,
    Map<String, Place> places,
    Map<String, Instrument> instruments,
    List<Fact> facts) {

  /** When everything was built and registered: long before the first simulated day. */
  public static final Instant BUILT = Instant.parse("2020-01-01T00:00:00Z");

  /** The list of those who may enter the plant room. */
  public static final String PLANT_STAFF = "plant-staff";

  /**
   * A device.
   *
   * @throws IllegalArgumentException if there is none of this id
   */
  public Instrument instrument(String id) {
    Instrument found = instruments.get(id);
    if (found == null) {
      throw new IllegalArgumentException("there is no device " + id + " in " + community);
    }
    return found;
  }

  /** Vehicle gates, each with devices -in and -out. */
  public List<String> vehicleGates() {
    return places.values().stream()
        .filter(place -> place.kind() == Place.Kind.VEHICLE_GATE)
        .map(Place::id)
        .toList();
  }

  /** Pedestrian gates, each with devices -in, -out, -face and -tags. */
  public List<String> footGates() {
    return places.values().stream()
        .map(Place::id)
        .filter(place -> place.startsWith("walk-"))
        .toList();
  }

  /** The device that reports a building's door. */
  public Instrument door(String building) {
    return instrument(building + "-door");
  }
}
