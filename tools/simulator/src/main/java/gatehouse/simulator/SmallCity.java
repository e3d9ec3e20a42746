package gatehouse.simulator;

import gatehouse.fact.Fact;
import gatehouse.simulator.city.CityFacts;
import gatehouse.simulator.city.Neighbourhood;
import gatehouse.simulator.city.Neighbourhoods;
import gatehouse.simulator.city.SimulatedDevice;
import java.time.Instant;
import java.util.List;

/**
 * A small city of some communities. The same number and seed give the same city; the dates in its
 * registry lie before the month in which it is made.
 */
public final class SmallCity {

  /** Communities unless asked otherwise. */
  public static final int COMMUNITIES = 3;

  /** The seed unless asked otherwise. */
  public static final long SEED = 20_261_124L;

  private final List<Neighbourhood> neighbourhoods;
  private final Instant now;

  private SmallCity(List<Neighbourhood> neighbourhoods, Instant now) {
    this.neighbourhoods = neighbourhoods;
    this.now = now;
  }

  /**
   * A city.
   *
   * @param communities 1 to 200
   * @param now today; facts that are published again in the same month are the same
   */
  public static SmallCity of(int communities, long seed, Instant now) {
    return new SmallCity(Neighbourhoods.draw(communities, seed), now);
  }

  /** Its communities. */
  public List<Neighbourhood> neighbourhoods() {
    return neighbourhoods;
  }

  /** Ids of its communities. */
  public List<String> communities() {
    return neighbourhoods.stream().map(Neighbourhood::id).toList();
  }

  /** All its devices; each needs a credential of role device. */
  public List<SimulatedDevice> devices() {
    return neighbourhoods.stream().flatMap(one -> one.devices().stream()).toList();
  }

  /** The doors that can be opened from afar. */
  public List<SimulatedDevice> doors() {
    return devices().stream().filter(SimulatedDevice::opens).toList();
  }

  /** The doors that a resident of a community may open: its walks and one building. */
  public List<SimulatedDevice> residentDoors(String community) {
    return doors().stream()
        .filter(door -> door.community().equals(community))
        .filter(door -> door.id().startsWith("walk-") || door.id().startsWith("b1-"))
        .toList();
  }

  /** Everything that is registered: to be published before the devices report. */
  public List<Fact> facts() {
    return new CityFacts(neighbourhoods, now).all();
  }
}
