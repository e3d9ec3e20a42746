package gatehouse.replay.mapping;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The places and devices of a log: what it calls them, and their ids. */
public final class Stations {

  private final Map<String, String> placeOfDevice;
  private final Map<String, String> placeNames = new LinkedHashMap<>();
  private final Map<String, Station> devices = new LinkedHashMap<>();

  /**
   * A device at a place.
   *
   * @param device id of the device
   * @param name what the log or the site file calls it
   * @param place id of its place
   */
  public record Station(String device, String name, String place) {}

  /**
   * Nothing was seen yet.
   *
   * @param placeOfDevice the places of devices by their names, where the site file says so
   */
  public Stations(Map<String, String> placeOfDevice) {
    this.placeOfDevice = Map.copyOf(placeOfDevice);
  }

  /**
   * Where a row's event was seen.
   *
   * @param placeName what the log calls the place; may be empty if the device is known
   * @param deviceName what the log calls the device; empty: as the place
   */
  public Station at(String placeName, String deviceName) {
    String name = placeName;
    if (name.isEmpty()) {
      name = placeOfDevice.getOrDefault(deviceName, deviceName);
    }
    String place = place(name);
    String device = deviceName.isEmpty() ? name : deviceName;
    Station known = devices.get(device);
    if (known != null && !known.place().equals(place)) {
      // A reader that is carried around is another device at each place.
      device = device + '@' + name;
      known = devices.get(device);
    }
    if (known == null) {
      known = new Station(Ids.of(device), device, place);
      devices.put(device, known);
    }
    return known;
  }

  private String place(String name) {
    String id = Ids.of(name);
    placeNames.putIfAbsent(id, name);
    return id;
  }

  /** What the log calls the places, by id, in the order in which they were first seen. */
  public Map<String, String> placeNames() {
    return Collections.unmodifiableMap(placeNames);
  }

  /** All devices. */
  public Collection<Station> devices() {
    return Collections.unmodifiableCollection(devices.values());
  }
}
