package gatehouse.model.door;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.model.DeviceHealth;
import gatehouse.registry.Permit;
import gatehouse.site.Device;
import java.util.List;
import java.util.Set;

/**
 * The key of one door: its community and place.
 *
 * @param community the community
 * @param place the door's place id
 */
public record DoorKey(String community, String place) {

  /** The keys of a fact: its door, the doors a permit of one of these kinds names, or none. */
  public static List<String> of(Fact fact, Set<String> permitKinds) {
    if (fact instanceof DeviceEvent event) {
      return List.of(new DoorKey(event.community(), event.place().id()).text());
    } else if (fact instanceof Permit permit) {
      return permitKinds.contains(permit.kind())
          ? permit.places().stream()
              .distinct()
              .map(place -> new DoorKey(permit.community(), place).text())
              .toList()
          : List.of();
    } else if (fact instanceof DeviceHealth health) {
      return List.of(new DoorKey(health.community(), health.place().id()).text());
    } else if (fact instanceof Device device) {
      return List.of(new DoorKey(device.community(), device.place()).text());
    }
    return List.of();
  }

  /** The key of this door, as the only one. */
  public static List<String> at(String community, String place) {
    return List.of(new DoorKey(community, place).text());
  }

  /** Reads a key; a community's id holds no slash. */
  public static DoorKey parse(String text) {
    int slash = text.indexOf('/');
    return new DoorKey(text.substring(0, slash), text.substring(slash + 1));
  }

  private String text() {
    return community + '/' + place;
  }
}
