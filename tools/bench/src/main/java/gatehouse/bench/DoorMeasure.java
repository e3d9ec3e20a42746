package gatehouse.bench;

import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.launcher.FactPublisher;
import gatehouse.launcher.Service;
import gatehouse.launcher.Stack;
import gatehouse.launcher.StackOptions;
import gatehouse.simulator.door.DoorSetup;
import gatehouse.simulator.door.Passage;
import gatehouse.simulator.door.ReferenceDoor;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A resident opens a door over HTTP, beside a bare MQTT round trip to a device that only answers.
 * They take turns on the same broker. The limit of six opens in five minutes stays as it is: many
 * residents open six times each.
 */
final class DoorMeasure {
  private static final String COMMUNITY = "bench";
  private static final String DOOR = "door-1";
  private static final int OPENS_A_RESIDENT = 6;
  private static final int WARM_UP_RESIDENTS = 10;
  private static final int RESIDENTS = 40;
  private static final long PAUSE_MILLIS = 20;

  private final Path folder;
  private final Steps steps;
  private final String residentPassword = UUID.randomUUID().toString();

  DoorMeasure(Path folder, Steps steps) {
    this.folder = folder;
    this.steps = steps;
  }

  List<Latency> run() throws Exception {
    steps.now("starting MQTT broker, Kafka, PostgreSQL and the API");
    Files.createDirectories(folder);
    StackOptions options =
        StackOptions.isolated(folder.resolve("stack"))
            .withServices(Set.of(Service.MQTT, Service.KAFKA, Service.DATABASE, Service.API))
            .withEnvironment(
                Map.of(Service.API, Map.of("GATEHOUSE_DEMO_ACCOUNTS_FILE", accounts().toString())));
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    try (Stack stack = Stack.start(options)) {
      FactPublisher.publish(stack.kafkaBootstrap(), site());
      stack
          .secrets()
          .provisionDevices(List.of(COMMUNITY + "/" + DOOR, COMMUNITY + "/" + RawDoor.DEVICE));
      try (ReferenceDoor door = ReferenceDoor.start(setup(stack), executor);
          RawDoor raw = RawDoor.start(stack, COMMUNITY)) {
        return take(stack, door, raw);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private List<Latency> take(Stack stack, ReferenceDoor door, RawDoor raw) throws Exception {
    List<Long> trips = new ArrayList<>();
    List<Long> answers = new ArrayList<>();
    List<Long> releases = new ArrayList<>();
    HttpClient http = Resident.http();
    int opens = 0;
    for (int i = 0; i < WARM_UP_RESIDENTS + RESIDENTS; i++) {
      Resident resident = Resident.logIn(http, stack.apiUrl(), username(i), residentPassword);
      if (i == 0) {
        steps.now("waiting until the door may be opened");
        resident.awaitDoor(DOOR);
        steps.now("warming up");
      } else if (i == WARM_UP_RESIDENTS) {
        steps.now(RESIDENTS + " residents open " + OPENS_A_RESIDENT + " times each");
      }
      for (int j = 0; j < OPENS_A_RESIDENT; j++) {
        Thread.sleep(PAUSE_MILLIS);
        long trip = raw.roundTrip();
        Thread.sleep(PAUSE_MILLIS);
        Resident.Open open = resident.open(DOOR);
        opens++;
        if (i >= WARM_UP_RESIDENTS) {
          trips.add(trip);
          answers.add(open.answeredNanos());
          releases.add(open.releasedNanos());
        }
      }
    }
    if (door.releases().size() != opens) {
      throw new IOException(
          "The door was released " + door.releases().size() + " times for " + opens + " opens.");
    }
    return List.of(
        Latency.of("raw MQTT: command to device, ack back", trips),
        Latency.of("API: open until the HTTP answer", answers),
        Latency.of("API: open until the caller knows it released", releases));
  }

  private DoorSetup setup(Stack stack) throws IOException, GeneralSecurityException {
    return new DoorSetup(
        stack.mqttUrl(),
        RawDoor.password(stack, COMMUNITY + "/" + DOOR),
        COMMUNITY,
        DOOR,
        "entrance",
        publicKey(stack.secrets().doorPublicKey()),
        folder.resolve("door-memory"),
        Clock.systemUTC(),
        Passage.NOBODY);
  }

  static PublicKey publicKey(Path file) throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(
            new X509EncodedKeySpec(Base64.getDecoder().decode(Files.readString(file).strip())));
  }

  private static List<Fact> site() {
    Instant since = Instant.now().minusSeconds(3600);
    Place place =
        new Place(
            "entrance",
            Place.Kind.DOOR,
            "Entrance",
            "",
            "",
            "",
            List.of(),
            List.of(),
            null,
            DoorSpec.STANDARD,
            List.of(),
            Map.of());
    return List.of(
        new Community(COMMUNITY, since, "Bench", "", "", "UTC", null),
        new PlaceEntry(COMMUNITY, since, since, place),
        new Device(
            DOOR, COMMUNITY, since, "entrance", "access-terminal", Direction.IN, "Entrance", true));
  }

  private Path accounts() throws IOException {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < WARM_UP_RESIDENTS + RESIDENTS; i++) {
      entries.add(
          """
          {"username":"%s","password":"%s","displayName":"Resident","role":"RESIDENT",
           "communities":["%s"],"doors":["%s:%s"]}
          """
              .formatted(username(i), residentPassword, COMMUNITY, COMMUNITY, DOOR));
    }
    Path file =
        Files.createTempFile(
            folder,
            "accounts",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, "[" + String.join(",", entries) + "]");
  }

  private static String username(int number) {
    return "resident-" + number;
  }
}
