package gatehouse.api.door;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.door.DoorCommand;
import gatehouse.simulator.door.DoorSetup;
import gatehouse.simulator.door.Passage;
import gatehouse.simulator.door.ReferenceDoor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;

/** Reference doors on the test's broker. */
public final class Doors {

  static final String RIVERSIDE = "riverside";

  private static final ScheduledExecutorService EXECUTOR =
      Executors.newScheduledThreadPool(
          4,
          work -> {
            Thread thread = new Thread(work, "reference-doors");
            thread.setDaemon(true);
            return thread;
          });

  private Doors() {}

  /** Starts a door where people pass quickly. */
  public static ReferenceDoor start(String community, String device) throws IOException {
    return start(community, device, Clock.systemUTC(), Passage.QUICK);
  }

  /** Starts a door; its memory is kept over a restart. The shared API knows it as online then. */
  static ReferenceDoor start(String community, String device, Clock clock, Passage passage)
      throws IOException {
    Platform platform = Platform.get();
    ReferenceDoor door =
        ReferenceDoor.start(
            new DoorSetup(
                platform.mqttUrl(),
                platform.deviceSecret(community, device),
                community,
                device,
                "place-" + device,
                platform.doorKeys().getPublic(),
                platform.folder("doors").resolve(community + "-" + device + ".nonces"),
                clock,
                passage),
            EXECUTOR);
    awaitPresence(platform.api(), community, device, Presence.State.ONLINE);
    return door;
  }

  static void awaitPresence(
      ConfigurableApplicationContext api, String community, String device, Presence.State state) {
    Presence presence = api.getBean(Presence.class);
    Awaitility.await().until(() -> presence.of(community, device) == state);
  }

  /** A command as the platform would make it. */
  static DoorCommand command(String community, String device, Instant issued, Duration lifetime) {
    return new DoorCommand(
        UUID.randomUUID().toString(),
        community,
        device,
        DoorCommand.Action.OPEN,
        UUID.randomUUID().toString(),
        issued,
        issued.plus(lifetime));
  }

  static Client.Answer open(Client client, String door) {
    return open(client, door, UUID.randomUUID().toString());
  }

  static Client.Answer open(Client client, String door, String key) {
    return client.send("POST", "/api/v1/doors/" + door + "/open", null, "Idempotency-Key", key);
  }

  /** Waits until the command is in this state. */
  static void await(Client client, String command, String state) {
    Awaitility.await().until(() -> state(client, command).equals(state));
  }

  static String state(Client client, String command) {
    return client.get("/api/v1/door-commands/" + command).json().path("state").asString();
  }
}
