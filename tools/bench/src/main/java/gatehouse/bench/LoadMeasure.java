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
import gatehouse.site.Device;
import gatehouse.wire.DeviceMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * People at the API while devices report: 50 readers and 20 door openings a second beside 1,000
 * events a second, through every service; before that the same openings with nothing else going on.
 */
final class LoadMeasure {
  private static final String COMMUNITY = "bench";
  private static final String DOOR = "door-1";
  private static final String PLACE = "place-0";
  private static final int OPENS_A_RESIDENT = 6;
  private static final int OPENS_A_SECOND = 20;
  private static final int EVENTS_A_SECOND = 1_000;
  private static final int READERS = 50;
  private static final int QUIET_SECONDS = 15;
  private static final int BUSY_SECONDS = 60;
  private static final int RESIDENTS =
      (QUIET_SECONDS + BUSY_SECONDS) * OPENS_A_SECOND / OPENS_A_RESIDENT;
  private static final long PAUSE_BETWEEN_READS_MILLIS = 100;

  private static final List<String> READS =
      List.of(
          "/access-log?community=" + COMMUNITY + "&limit=50",
          "/alerts?community=" + COMMUNITY + "&limit=50",
          "/overview",
          "/doors");

  private final Path folder;
  private final Steps steps;
  private final String password = UUID.randomUUID().toString();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  LoadMeasure(Path folder, Steps steps) {
    this.folder = folder;
    this.steps = steps;
  }

  List<Latency> run() throws Exception {
    steps.now("starting all services");
    Files.createDirectories(folder);
    StackOptions options =
        StackOptions.isolated(folder.resolve("stack"))
            .withServices(
                Set.of(
                    Service.MQTT,
                    Service.KAFKA,
                    Service.DATABASE,
                    Service.INGEST,
                    Service.FLINK,
                    Service.API))
            .withEnvironment(
                Map.of(Service.API, Map.of("GATEHOUSE_DEMO_ACCOUNTS_FILE", accounts().toString())));
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    try (Stack stack = Stack.start(options)) {
      FactPublisher.publish(stack.kafkaBootstrap(), site());
      stack.secrets().provisionDevices(List.of(COMMUNITY + "/" + DOOR));
      try (ReferenceDoor door = ReferenceDoor.start(setup(stack), executor)) {
        List<Latency> taken = take(stack);
        if (!failures.isEmpty()) {
          throw new IOException(failures.size() + " requests failed", failures.peek());
        }
        steps.now(door.releases().size() + " releases at the door");
        return taken;
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private List<Latency> take(Stack stack) throws Exception {
    List<Resident> residents = new ArrayList<>();
    List<Resident> readers = new ArrayList<>();
    try {
      steps.now("signing in " + RESIDENTS + " residents and " + READERS + " readers");
      for (int i = 0; i < RESIDENTS; i++) {
        residents.add(Resident.logIn(stack.apiUrl(), "resident-" + i, password));
      }
      for (int i = 0; i < READERS; i++) {
        readers.add(Resident.logIn(stack.apiUrl(), "property-" + i, password));
      }
      residents.get(0).awaitDoor(DOOR);
      steps.now("openings alone, " + QUIET_SECONDS + " s");
      List<Latency> all =
          new ArrayList<>(
              openings("alone", residents.subList(0, residents(QUIET_SECONDS)), QUIET_SECONDS));
      steps.now("openings beside readers and events, " + BUSY_SECONDS + " s");
      AtomicBoolean busy = new AtomicBoolean(true);
      ExecutorService others = Executors.newCachedThreadPool();
      Queue<Long> reads = new ConcurrentLinkedQueue<>();
      CountDownLatch reporting = new CountDownLatch(1);
      Future<Integer> events = others.submit(() -> report(stack, busy, reporting));
      readers.forEach(reader -> others.execute(() -> read(reader, busy, reads)));
      reporting.await();
      all.addAll(
          openings(
              "under load",
              residents.subList(residents(QUIET_SECONDS), residents.size()),
              BUSY_SECONDS));
      busy.set(false);
      steps.now(events.get() / BUSY_SECONDS + " events a second were reported");
      others.shutdown();
      others.awaitTermination(1, TimeUnit.MINUTES);
      all.add(latency("a page of a list, " + READERS + " readers, under load", reads));
      return all;
    } finally {
      residents.forEach(Resident::close);
      readers.forEach(Resident::close);
    }
  }

  private static int residents(int seconds) {
    return seconds * OPENS_A_SECOND / OPENS_A_RESIDENT;
  }

  /** Opens at a fixed rate, whether the one before has been answered or not. */
  private List<Latency> openings(String when, List<Resident> residents, int seconds)
      throws InterruptedException {
    Queue<Long> answered = new ConcurrentLinkedQueue<>();
    Queue<Long> released = new ConcurrentLinkedQueue<>();
    ExecutorService people = Executors.newCachedThreadPool();
    long start = System.nanoTime();
    for (int i = 0; i < seconds * OPENS_A_SECOND; i++) {
      long due = start + i * TimeUnit.SECONDS.toNanos(1) / OPENS_A_SECOND;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      Resident resident = residents.get(i % residents.size());
      people.execute(
          () -> {
            try {
              Resident.Open open = resident.open(DOOR);
              answered.add(open.answeredNanos());
              released.add(open.releasedNanos());
            } catch (IOException | InterruptedException e) {
              failures.add(e);
            }
          });
    }
    people.shutdown();
    people.awaitTermination(1, TimeUnit.MINUTES);
    return List.of(
        latency("open until the HTTP answer, " + when, answered),
        latency("open until it is known to be released, " + when, released));
  }

  private void read(Resident reader, AtomicBoolean busy, Queue<Long> reads) {
    try {
      for (int i = 0; busy.get(); i++) {
        reads.add(reader.read(READS.get(i % READS.size())));
        Thread.sleep(PAUSE_BETWEEN_READS_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      failures.add(e);
    }
  }

  /** Reports at a fixed rate, a tenth of a second's events at a time. */
  private static int report(Stack stack, AtomicBoolean busy, CountDownLatch begun)
      throws Exception {
    String username = "load-gateway";
    String secret = stack.secrets().addGateway(username, COMMUNITY);
    Traffic traffic =
        new Traffic(
            List.of(COMMUNITY), Instant.now(), Duration.ofMillis(1), UUID.randomUUID().toString());
    int sent = 0;
    try (Publishers publishers = new Publishers(stack.mqttUrl(), username, secret)) {
      begun.countDown();
      long start = System.nanoTime();
      while (busy.get()) {
        List<Publishers.Message> batch = new ArrayList<>();
        for (int i = 0; i < EVENTS_A_SECOND / 10; i++) {
          var event = traffic.event(sent++);
          batch.add(
              Publishers.Message.of(
                  "gatehouse/v1/" + COMMUNITY + "/" + event.device() + "/event",
                  DeviceMessage.encode(event)));
        }
        publishers.publish(batch);
        long due = start + sent * TimeUnit.SECONDS.toNanos(1) / EVENTS_A_SECOND;
        TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      }
    }
    return sent;
  }

  private static Latency latency(String name, Queue<Long> nanos) {
    return Latency.of(name, nanos.stream().mapToLong(Long::longValue).toArray());
  }

  private DoorSetup setup(Stack stack) throws Exception {
    return new DoorSetup(
        stack.mqttUrl(),
        RawDoor.password(stack, COMMUNITY + "/" + DOOR),
        COMMUNITY,
        DOOR,
        PLACE,
        DoorMeasure.publicKey(stack.secrets().doorPublicKey()),
        folder.resolve("door-memory"),
        Clock.systemUTC(),
        Passage.NOBODY);
  }

  private static List<Fact> site() {
    Instant since = Instant.now().minusSeconds(3600);
    List<Fact> facts = new ArrayList<>(Traffic.site(List.of(COMMUNITY), since));
    facts.add(
        new Device(
            DOOR, COMMUNITY, since, PLACE, "access-terminal", Direction.IN, "Entrance", true));
    return facts;
  }

  private Path accounts() throws IOException {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < RESIDENTS; i++) {
      entries.add(account("resident-" + i, "RESIDENT", "\"" + COMMUNITY + ":" + DOOR + "\""));
    }
    for (int i = 0; i < READERS; i++) {
      entries.add(account("property-" + i, "PROPERTY", ""));
    }
    Path file =
        Files.createTempFile(
            folder,
            "accounts",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, "[" + String.join(",", entries) + "]");
  }

  private String account(String username, String role, String doors) {
    return """
        {"username":"%s","password":"%s","displayName":"%s","role":"%s","communities":["%s"],
         "doors":[%s]}
        """
        .formatted(username, password, username, role, COMMUNITY, doors);
  }
}
