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
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * People at the API while devices report: 50 readers and 20 door openings a second beside 1,000
 * events a second, through every service; before that the same openings with nothing else going on.
 * All of it is spread over ten communities with a remote door each.
 */
final class LoadMeasure {
  private static final List<String> COMMUNITIES =
      IntStream.range(0, 10).mapToObj(i -> "bench-" + i).toList();
  private static final String DOOR = "door-1";
  private static final String PLACE = "place-0";
  private static final int OPENS_A_RESIDENT = 6;
  private static final int OPENS_A_SECOND = 20;
  private static final int WARM_UP_OPENS_A_SECOND = 4;
  private static final int EVENTS_A_SECOND = 1_000;
  private static final int READERS = 50;
  private static final int QUIET_SECONDS = 15;
  private static final int WARM_UP_SECONDS = 120;
  private static final int REST_SECONDS = 30;
  private static final int SETTLE_SECONDS = 10;
  private static final int BUSY_SECONDS = 60;
  private static final int RESIDENTS =
      ((QUIET_SECONDS + BUSY_SECONDS) * OPENS_A_SECOND + WARM_UP_SECONDS * WARM_UP_OPENS_A_SECOND)
          / OPENS_A_RESIDENT;

  /** Somebody who reads a page quickly. */
  private static final long PAUSE_BETWEEN_READS_MILLIS = 1_000;

  private static final int FAILURES_SHOWN = 3;
  private static final double MOST_REFUSED = 0.01;

  private final Path folder;
  private final Steps steps;
  private final HttpClient http = Resident.http();
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
      stack
          .secrets()
          .provisionDevices(COMMUNITIES.stream().map(community -> community + "/" + DOOR).toList());
      List<ReferenceDoor> doors = new ArrayList<>();
      try {
        for (String community : COMMUNITIES) {
          doors.add(ReferenceDoor.start(setup(stack, community), executor));
        }
        List<Latency> taken = take(stack);
        int released = doors.stream().mapToInt(door -> door.releases().size()).sum();
        steps.now(released + " releases at " + doors.size() + " doors");
        return taken;
      } finally {
        doors.forEach(ReferenceDoor::close);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private List<Latency> take(Stack stack) throws Exception {
    steps.now("signing in " + RESIDENTS + " residents and " + READERS + " readers");
    List<Resident> readers = logIn(stack, "property-", READERS);
    Deque<Resident> residents = new ArrayDeque<>(logIn(stack, "resident-", RESIDENTS));
    for (Resident resident : residents.stream().limit(COMMUNITIES.size()).toList()) {
      resident.awaitDoor(DOOR);
    }
    List<Reporter> reporters = new ArrayList<>();
    try {
      for (String community : COMMUNITIES) {
        reporters.add(Reporter.connect(stack, community, EVENTS_A_SECOND / COMMUNITIES.size()));
      }
      return take(residents, readers, reporters);
    } finally {
      for (Reporter reporter : reporters) {
        reporter.close();
      }
    }
  }

  private List<Latency> take(
      Deque<Resident> residents, List<Resident> readers, List<Reporter> reporters)
      throws Exception {
    steps.now("the programs warm up, " + WARM_UP_SECONDS + " s");
    Others others = new Others(readers, reporters);
    openings(residents, WARM_UP_SECONDS, WARM_UP_OPENS_A_SECOND);
    others.end();
    steps.now(failures.size() + " requests were refused while the programs were cold");
    failures.clear();
    steps.now("the pipeline empties, " + REST_SECONDS + " s");
    TimeUnit.SECONDS.sleep(REST_SECONDS);
    steps.now("openings alone, " + QUIET_SECONDS + " s");
    List<Latency> all = new ArrayList<>();
    all.addAll(openings(residents, QUIET_SECONDS, OPENS_A_SECOND).latencies("alone"));
    steps.now("openings beside readers and events, " + BUSY_SECONDS + " s");
    others = new Others(readers, reporters);
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    all.addAll(openings(residents, BUSY_SECONDS, OPENS_A_SECOND).latencies("under load"));
    Queue<Long> reads = others.end();
    all.add(Latency.of("a page of a list, " + READERS + " readers, under load", reads));
    judge((QUIET_SECONDS + BUSY_SECONDS) * OPENS_A_SECOND + reads.size());
    return all;
  }

  /** Readers and events, from their beginning to their end. */
  private final class Others {
    private final AtomicBoolean busy = new AtomicBoolean(true);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Long> reads = new ConcurrentLinkedQueue<>();
    private final List<Future<Double>> rates = new ArrayList<>();

    Others(List<Resident> readers, List<Reporter> reporters) {
      for (Reporter reporter : reporters) {
        rates.add(threads.submit(() -> reporter.report(busy)));
      }
      for (int i = 0; i < readers.size(); i++) {
        Resident reader = readers.get(i);
        List<String> pages = pages(community(i));
        long begin = PAUSE_BETWEEN_READS_MILLIS * i / readers.size();
        threads.execute(() -> read(reader, pages, begin, busy, reads));
      }
    }

    /** How long each page took, in nanoseconds. */
    Queue<Long> end() throws Exception {
      busy.set(false);
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      steps.now("%.0f events a second were reported".formatted(sum));
      threads.shutdown();
      threads.awaitTermination(1, TimeUnit.MINUTES);
      return reads;
    }
  }

  /** Says what was refused; above one in a hundred, a p99 of the others would be a lie. */
  private void judge(int requests) throws IOException {
    failures.stream().limit(FAILURES_SHOWN).forEach(failure -> steps.now(failure.toString()));
    String refused = failures.size() + " of " + requests + " requests were refused";
    steps.now(refused);
    if (failures.size() > MOST_REFUSED * requests) {
      throw new IOException(refused);
    }
  }

  private List<Resident> logIn(Stack stack, String name, int count)
      throws IOException, InterruptedException {
    List<Resident> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      people.add(Resident.logIn(http, stack.apiUrl(), name + i, password));
    }
    return people;
  }

  /** How long openings took, in nanoseconds. */
  private record Openings(Queue<Long> answered, Queue<Long> released) {

    List<Latency> latencies(String when) {
      return List.of(
          Latency.of("open until the HTTP answer, " + when, answered),
          Latency.of("open until it is known to be released, " + when, released));
    }
  }

  /**
   * Opens at a fixed rate, whether the one before has been answered or not; of the residents each
   * as often as one may.
   */
  private Openings openings(Deque<Resident> residents, int seconds, int openingsASecond)
      throws InterruptedException {
    Openings taken = new Openings(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    int count = seconds * openingsASecond;
    List<Resident> turns = new ArrayList<>();
    while (turns.size() < count / OPENS_A_RESIDENT) {
      turns.add(residents.remove());
    }
    ExecutorService people = Executors.newCachedThreadPool();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + i * TimeUnit.SECONDS.toNanos(1) / openingsASecond;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      Resident resident = turns.get(i % turns.size());
      people.execute(
          () -> {
            try {
              Resident.Open open = resident.open(DOOR);
              taken.answered.add(open.answeredNanos());
              taken.released.add(open.releasedNanos());
            } catch (IOException | InterruptedException e) {
              failures.add(e);
            }
          });
    }
    people.shutdown();
    people.awaitTermination(1, TimeUnit.MINUTES);
    return taken;
  }

  private static String community(int number) {
    return COMMUNITIES.get(number % COMMUNITIES.size());
  }

  private static List<String> pages(String community) {
    return List.of(
        "/access-log?community=" + community + "&limit=50",
        "/alerts?community=" + community + "&limit=50",
        "/overview",
        "/doors");
  }

  private void read(
      Resident reader,
      List<String> pages,
      long beginMillis,
      AtomicBoolean busy,
      Queue<Long> reads) {
    try {
      Thread.sleep(beginMillis);
      for (int i = 0; busy.get(); i++) {
        reads.add(reader.read(pages.get(i % pages.size())));
        Thread.sleep(PAUSE_BETWEEN_READS_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      failures.add(e);
    }
  }

  private DoorSetup setup(Stack stack, String community) throws Exception {
    return new DoorSetup(
        stack.mqttUrl(),
        RawDoor.password(stack, community + "/" + DOOR),
        community,
        DOOR,
        PLACE,
        DoorMeasure.publicKey(stack.secrets().doorPublicKey()),
        folder.resolve(community + ".door-memory"),
        Clock.systemUTC(),
        Passage.NOBODY);
  }

  private static List<Fact> site() {
    Instant since = Instant.now().minusSeconds(3600);
    List<Fact> facts = new ArrayList<>(Traffic.site(COMMUNITIES, since));
    for (String community : COMMUNITIES) {
      facts.add(
          new Device(
              DOOR, community, since, PLACE, "access-terminal", Direction.IN, "Entrance", true));
    }
    return facts;
  }

  private Path accounts() throws IOException {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < RESIDENTS; i++) {
      entries.add(
          account(
              "resident-" + i, "RESIDENT", community(i), "\"" + community(i) + ":" + DOOR + "\""));
    }
    for (int i = 0; i < READERS; i++) {
      entries.add(account("property-" + i, "PROPERTY", community(i), ""));
    }
    Path file =
        Files.createTempFile(
            folder,
            "accounts",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, "[" + String.join(",", entries) + "]");
  }

  private String account(String username, String role, String community, String doors) {
    return """
        {"username":"%s","password":"%s","displayName":"%s","role":"%s","communities":["%s"],
         "doors":[%s]}
        """
        .formatted(username, password, username, role, community, doors);
  }
}
