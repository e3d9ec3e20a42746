package gatehouse.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.event.Plates;
import gatehouse.fact.Fact;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.Vehicle;
import gatehouse.simulator.city.SimulatedDevice;
import gatehouse.site.Device;
import gatehouse.site.PlaceEntry;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SmallCityTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private final SmallCity city = SmallCity.of(3, SmallCity.SEED, NOW);

  @Test
  void theSameSeedGivesTheSameCityAllMonth() {
    SmallCity later = SmallCity.of(3, SmallCity.SEED, NOW.plusSeconds(86_400));

    assertThat(later.facts()).isEqualTo(city.facts());
    assertThat(later.devices()).isEqualTo(city.devices());
    assertThat(SmallCity.of(3, 7, NOW).facts()).isNotEqualTo(city.facts());
  }

  @Test
  void aLargerCityBeginsWithTheSameCommunities() {
    SmallCity larger = SmallCity.of(9, SmallCity.SEED, NOW);

    assertThat(larger.facts()).containsAll(city.facts());
    assertThat(larger.communities()).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void everyFactTravels() throws WireException {
    for (Fact fact : city.facts()) {
      assertThat(FactCodec.decode(FactCodec.encode(fact))).isEqualTo(fact);
    }
  }

  @Test
  void everyDeviceIsRegisteredAtAPlaceThatIs() {
    for (String community : city.communities()) {
      Set<String> places =
          city.facts().stream()
              .filter(fact -> fact instanceof PlaceEntry && fact.community().equals(community))
              .map(Fact::id)
              .collect(Collectors.toSet());
      List<Device> devices =
          city.facts().stream()
              .filter(fact -> fact instanceof Device && fact.community().equals(community))
              .map(Device.class::cast)
              .toList();

      assertThat(devices).hasSizeGreaterThan(15);
      assertThat(devices).allMatch(device -> places.contains(device.place()));
      assertThat(devices)
          .extracting(Device::id)
          .containsExactlyInAnyOrderElementsOf(
              city.devices().stream()
                  .filter(device -> device.community().equals(community))
                  .map(SimulatedDevice::id)
                  .toList());
    }
  }

  @Test
  void registryEntriesHaveIdsOfTheirOwn() {
    assertThat(
            city.facts().stream()
                .filter(RegistryFact.class::isInstance)
                .map(fact -> fact.getClass() + fact.community() + fact.id()))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(500);
  }

  @Test
  void platesAreWhatCamerasRead() {
    assertThat(city.facts().stream().filter(Vehicle.class::isInstance).map(Vehicle.class::cast))
        .isNotEmpty()
        .allSatisfy(
            vehicle ->
                assertThat(vehicle.plate())
                    .isEqualTo(Plates.canonical(vehicle.plate()))
                    .matches("\\p{IsHan}[A-Z]([A-HJ-NP-Z0-9]{5}|[DF][A-HJ-NP-Z0-9]{5})"));
  }

  @Test
  void aResidentMayOpenSomeDoorsOfHerCommunity() {
    assertThat(city.residentDoors("riverside"))
        .extracting(SimulatedDevice::id)
        .containsExactlyInAnyOrder("walk-east-in", "walk-west-in", "b1-door");
    assertThat(city.doors()).hasSize(3 * 7);
  }

  @Test
  void refusesACityOfNoCommunity() {
    assertThatThrownBy(() -> SmallCity.of(0, 1, NOW)).hasMessageContaining("1 to 200");
  }
}
