package gatehouse.api.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.fact.Fact;
import gatehouse.simulator.SmallCity;
import gatehouse.simulator.city.Neighbourhood;
import gatehouse.simulator.city.SimulatedDevice;
import gatehouse.simulator.device.Fleet;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The small city as it is registered: every terminal comes to hold the list that it should. */
class SmallCityListsTest {

  @Test
  void everyTerminalOfTheSmallCityProvesItsList() throws Exception {
    Platform platform = Platform.get();
    SmallCity city = SmallCity.of(1, SmallCity.SEED, Instant.now());
    Neighbourhood here = city.neighbourhoods().get(0);
    List<SimulatedDevice> terminals =
        city.devices().stream().filter(SimulatedDevice::keepsList).toList();
    Map<String, String> passwords = new HashMap<>();
    for (SimulatedDevice terminal : terminals) {
      passwords.put(
          terminal.username(), platform.deviceSecret(terminal.community(), terminal.id()));
    }
    try (Fleet fleet =
        new Fleet(
            new Fleet.Installation(
                platform.mqttUrl(),
                passwords,
                platform.doorKeys().getPublic(),
                platform.folder("small-city"),
                Clock.systemUTC()))) {
      fleet.connect(terminals);
      for (Fact fact : city.facts()) {
        platform.publishLater(
            Topic.FACTS, fact.getClass().getSimpleName() + fact.id(), FactCodec.encode(fact));
      }
      platform.flush();
      Client property = Client.of(TestSite.account("PROPERTY", here.id()));
      int people = here.people().size();
      List<String> ids = terminals.stream().map(SimulatedDevice::id).toList();
      await()
          .untilAsserted(
              () -> {
                // Other tests have doors of their own in a community of this name.
                List<JsonNode> items =
                    property
                        .get("/api/v1/credential-sync/summary?community=" + here.id())
                        .json()
                        .path("items")
                        .valueStream()
                        .filter(one -> ids.contains(one.path("device").asString()))
                        .toList();
                assertThat(items).hasSameSizeAs(terminals);
                for (JsonNode one : items) {
                  boolean plant = one.path("device").asString().equals("plant-room");
                  assertThat(one.path("confirmed").asInt())
                      .as(one.toString())
                      .isEqualTo(one.path("desired").asInt());
                  if (plant) {
                    assertThat(one.path("desired").asInt())
                        .isEqualTo(here.specials().plantStaff().size());
                  } else {
                    assertThat(one.path("desired").asInt()).isGreaterThan(people);
                  }
                  assertThat(one.path("drifts").asLong()).isZero();
                }
              });
    }
  }
}
