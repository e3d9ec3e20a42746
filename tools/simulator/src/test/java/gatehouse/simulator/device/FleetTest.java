package gatehouse.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.event.DoorEvent;
import gatehouse.service.mqtt.Credentials;
import gatehouse.service.mqtt.MqttBroker;
import gatehouse.service.mqtt.Role;
import gatehouse.simulator.SmallCity;
import gatehouse.simulator.city.SimulatedDevice;
import gatehouse.simulator.life.Contacts;
import gatehouse.simulator.life.DailyLife;
import gatehouse.simulator.life.Incidents;
import gatehouse.simulator.life.LiveAgenda;
import gatehouse.wire.DeviceMessage;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {

  private final Path dir;
  private final SmallCity city = SmallCity.of(1, SmallCity.SEED, Instant.now());
  private final Map<String, String> passwords = new HashMap<>();

  FleetTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void theCityReportsWithACredentialADeviceAndSaysGoodBye() throws Exception {
    Credentials credentials =
        new Credentials()
            .add("ingest", Role.INGEST, "*", "ingest-secret")
            .add("api", Role.API, "*", "api-secret");
    for (SimulatedDevice device : city.devices()) {
      passwords.put(device.username(), "secret of " + device.id());
      credentials.add(
          device.username(), Role.DEVICE, device.community(), passwords.get(device.username()));
    }
    credentials.write(dir.resolve("credentials.csv"));
    try (MqttBroker broker =
            MqttBroker.start(dir.resolve("mqtt"), 0, dir.resolve("credentials.csv"));
        Listener events =
            new Listener(
                broker.url(), "ingest", "ingest-secret", "$share/ingest/gatehouse/v1/+/+/event");
        Listener status =
            new Listener(broker.url(), "api", "api-secret", "gatehouse/v1/+/+/status")) {
      live(broker, events, status);
      await().until(() -> Set.copyOf(status.last.values()).equals(Set.of("offline")));
    }
  }

  private void live(MqttBroker broker, Listener events, Listener status) throws Exception {
    PublicKey platform = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    try (Fleet fleet =
            new Fleet(
                new Fleet.Installation(
                    broker.url(), passwords, platform, dir.resolve("doors"), Clock.systemUTC()));
        LiveAgenda agenda = new LiveAgenda(fleet)) {
      fleet.connect(city.devices());
      assertThat(fleet.size()).isEqualTo(city.devices().size());
      await().until(() -> status.last.size() == city.devices().size());
      assertThat(Set.copyOf(status.last.values())).containsExactly("online");

      Random random = new Random(3);
      Contacts contacts = new Contacts(agenda);
      Clock clock = Clock.systemUTC();
      new DailyLife(city.neighbourhoods(), agenda, contacts, clock, random, 60).begin();
      new Incidents(city.neighbourhoods(), agenda, contacts, random, Duration.ofHours(1)).begin();

      // The first incident is an opening of a door out of nowhere.
      await().atMost(Duration.ofSeconds(60)).until(() -> opened(events, "plant-room"));
      await().until(() -> devicesHeard(events).size() > 10);
      for (Listener.Heard heard : events.all) {
        assertThat(decoded(heard).event().id()).isNotEmpty();
      }
    }
  }

  private static boolean opened(Listener events, String device) throws Exception {
    for (Listener.Heard heard : events.all) {
      if (heard.topic().endsWith("/" + device + "/event")
          && decoded(heard).event() instanceof DoorEvent door
          && door.change() == DoorEvent.Change.OPENED) {
        return true;
      }
    }
    return false;
  }

  private static DeviceMessage decoded(Listener.Heard heard) throws WireException {
    return DeviceMessage.decode(heard.payload().getBytes(StandardCharsets.UTF_8));
  }

  private static Set<String> devicesHeard(Listener events) {
    return events.all.stream().map(Listener.Heard::topic).collect(Collectors.toSet());
  }
}
