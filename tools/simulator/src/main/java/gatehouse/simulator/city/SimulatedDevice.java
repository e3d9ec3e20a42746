package gatehouse.simulator.city;

import gatehouse.event.Direction;

/**
 * A device of the city.
 *
 * @param community id of its community
 * @param id its id, unique in the community
 * @param place id of the place it serves
 * @param kind what it is, e.g. access-terminal, vehicle-checkpoint, smart-pole
 * @param side the direction of the passages it sees
 * @param name shown to people
 */
public record SimulatedDevice(
    String community, String id, String place, String kind, Direction side, String name) {

  /** The kind of the terminals at doors. */
  public static final String ACCESS_TERMINAL = "access-terminal";

  /** The user name of its credential at the broker. */
  public String username() {
    return community + '/' + id;
  }

  /** Whether it is a terminal, which keeps the list of credentials that open it. */
  public boolean keepsList() {
    return kind.equals(ACCESS_TERMINAL);
  }

  /** Whether it is a door that can be opened from afar. */
  public boolean opens() {
    return kind.equals(ACCESS_TERMINAL) && side != Direction.OUT;
  }
}
