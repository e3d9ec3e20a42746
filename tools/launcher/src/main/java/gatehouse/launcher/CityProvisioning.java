package gatehouse.launcher;

import gatehouse.fact.Fact;
import gatehouse.launcher.data.Secrets;
import gatehouse.simulator.SmallCity;
import gatehouse.simulator.city.SimulatedDevice;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What the simulated city needs before it begins: credentials, accounts, and to be registered. */
final class CityProvisioning {
  private final SmallCity city;

  CityProvisioning(int communities) {
    city = SmallCity.of(communities, SmallCity.SEED, Instant.now());
  }

  /** Makes the devices known to the broker, and gives the demo accounts something to look at. */
  void prepare(Secrets secrets) throws IOException {
    secrets.provisionDevices(city.devices().stream().map(SimulatedDevice::username).toList());
    String home = city.communities().get(0);
    secrets.provisionDemoAccounts(
        city.communities(),
        city.residentDoors(home).stream().map(door -> home + ":" + door.id()).toList(),
        DemoResident.persons(facts(), home));
  }

  /** Sites, devices and registry of the city. */
  List<Fact> facts() {
    return city.facts();
  }
}
