package gatehouse.simulator.city;

import gatehouse.site.Place;
import java.util.List;

/**
 * A community of the city.
 *
 * @param id its id
 * @param name shown to people
 * @param district the police district
 * @param places its places
 * @param devices its devices
 * @param people who lives or works there
 * @param cars their vehicles
 * @param passes ids of valid visitor passes
 * @param specials what goes wrong now and then
 */
public record Neighbourhood(
    String id,
    String name,
    String district,
    List<Place> places,
    List<SimulatedDevice> devices,
    List<Person> people,
    List<Car> cars,
    List<String> passes,
    Specials specials) {

  /** The device of this id. */
  public SimulatedDevice device(String device) {
    return devices.stream()
        .filter(one -> one.id().equals(device))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no device " + device + " in " + id));
  }
}
