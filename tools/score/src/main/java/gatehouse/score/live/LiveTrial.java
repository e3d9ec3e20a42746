package gatehouse.score.live;

import gatehouse.alert.Alert;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Origin;
import gatehouse.fact.Fact;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.CityStream;
import gatehouse.labelled.LabelledCity;
import gatehouse.launcher.Service;
import gatehouse.launcher.Stack;
import gatehouse.launcher.StackOptions;
import gatehouse.launcher.city.CityTopics;
import gatehouse.launcher.process.StartFailedException;
import gatehouse.model.ModelCatalogue;
import gatehouse.replay.Outlet;
import gatehouse.site.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A labelled city through a Kafka and a Flink job of its own, and through the plain host, under the
 * same settings.
 *
 * <p>What the two must agree on is what models find, not what the network did: so all is in Kafka
 * before the job starts, what is registered first, and the events in event-time order in their
 * partition. None is late then, and none is refused because of its device's clock. Time goes on
 * after the last event until nothing is waited for any more; no clock of this machine plays a part.
 */
public final class LiveTrial {

  /** How long event time goes on: longer than any model waits for what does not happen. */
  private static final Duration HORIZON = Duration.ofDays(31);

  /** The job's usual bound of disorder; the last event moves its watermark to the horizon. */
  private static final Duration BOUND = Duration.ofSeconds(2);

  /** One for each subtask of the job. */
  private static final int PARTITIONS = 2;

  /** Communities that only tick: enough that their keys fall into every partition. */
  private static final int TICKS = 16;

  private static final Duration STUCK_LIMIT = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 100;

  private final LabelledCity city;
  private final Consumer<String> progress;

  /**
   * A trial.
   *
   * @param progress told what is done, a line each
   */
  public LiveTrial(CitySettings settings, Consumer<String> progress) {
    this.city = new LabelledCity(settings);
    this.progress = progress;
  }

  /**
   * What came of it.
   *
   * @param models a comparison each
   * @param facts how many facts and events there were
   * @param late events that the job took for late: none, else nothing can be said
   * @param failures how often a model failed in the job, by model and reason
   * @param took how long the job took, its start included
   */
  public record Outcome(
      List<Agreement> models, int facts, int late, Map<String, Integer> failures, Duration took) {

    /** Whether both hosts agree about everything. */
    public boolean agrees() {
      return late == 0 && failures.isEmpty() && models.stream().allMatch(Agreement::agrees);
    }
  }

  /**
   * Runs both.
   *
   * @throws IOException if the pipeline does not start, or stands still
   */
  public Outcome run() throws IOException, InterruptedException {
    List<Fact> known = new ArrayList<>();
    List<DeviceEvent> events = new ArrayList<>();
    new CityStream(city)
        .play(
            (fact, at) -> {
              if (fact instanceof DeviceEvent event) {
                events.add(event);
              } else {
                known.add(fact);
              }
            });
    events.sort(FactOrder.INSTANCE);
    Instant last = events.get(events.size() - 1).time();
    Instant end = city.settings().end();
    Instant until = (last.isAfter(end) ? last : end).plus(HORIZON);
    List<Fact> history = new ArrayList<>(known);
    history.addAll(events);
    progress.accept(String.format("  %,d facts and events drawn", history.size()));
    List<Alert> replayed =
        new Replay(ModelCatalogue.all(), new SettingsBook()).run(history, until).alerts();
    progress.accept(String.format("  the plain host raises %,d alerts", replayed.size()));
    try {
      return streamed(history, until, replayed);
    } catch (StartFailedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Outcome streamed(List<Fact> history, Instant until, List<Alert> replayed)
      throws IOException, StartFailedException, InterruptedException {
    Path folder = Files.createTempDirectory("gatehouse-live");
    StackOptions kafka =
        StackOptions.isolated(folder.resolve("kafka"))
            .withServices(EnumSet.of(Service.KAFKA))
            .withPartitions(PARTITIONS);
    try (Stack broker = Stack.start(kafka)) {
      try (CityTopics topics = new CityTopics(broker.kafkaBootstrap())) {
        for (Fact fact : history) {
          topics.take(fact);
        }
        for (int i = 0; i < TICKS; i++) {
          topics.take(tick("horizon-" + i, until.plus(BOUND).plusMillis(1)));
        }
        topics.received();
      }
      progress.accept("  everything is in Kafka; starting the job");
      Instant begun = Instant.now();
      StackOptions job =
          StackOptions.isolated(folder.resolve("flink"))
              .withServices(EnumSet.of(Service.FLINK))
              .withEnvironment(Map.of(Service.FLINK, environment(broker.kafkaBootstrap())));
      try (Stack running = Stack.start(job);
          Outlet outlet = new Outlet(broker.kafkaBootstrap(), new Unheard()).start()) {
        awaitEnd(outlet, until, running);
        Duration took = Duration.between(begun, Instant.now());
        List<Alert> streamed = outlet.alerts();
        progress.accept(String.format("  the streaming job raises %,d alerts", streamed.size()));
        return new Outcome(
            Agreement.of(models(), replayed, streamed),
            history.size(),
            outlet.lateCount(),
            outlet.modelFailures(),
            took);
      }
    } finally {
      Files.deleteIfExists(folder);
    }
  }

  private static List<? extends ModelEntry<?, ?, ?>> models() {
    return ModelCatalogue.all().stream()
        .filter(entry -> !entry.card().recipients().isEmpty())
        .toList();
  }

  /** The settings of models are the usual ones; only what follows the wall clock is off. */
  private static Map<String, String> environment(String bootstrap) {
    return Map.of(
        "GATEHOUSE_KAFKA_BOOTSTRAP",
        bootstrap,
        "GATEHOUSE_FLINK_WATERMARK_BOUND",
        BOUND.toString(),
        "GATEHOUSE_FLINK_SILENCE",
        "PT0S",
        "GATEHOUSE_FLINK_IDLENESS",
        Duration.ofDays(1).toString(),
        "GATEHOUSE_FLINK_CLOCK_AHEAD",
        Duration.ofDays(3650).toString());
  }

  private void awaitEnd(Outlet outlet, Instant until, Stack running)
      throws IOException, InterruptedException {
    int seen = -1;
    long stuckAt = 0;
    while (!outlet.hasReached(until)) {
      outlet.check();
      if (outlet.alertCount() != seen) {
        seen = outlet.alertCount();
        stuckAt = System.nanoTime() + STUCK_LIMIT.toNanos();
      }
      if (System.nanoTime() > stuckAt) {
        throw new IOException(
            "The job raised no alert for "
                + STUCK_LIMIT.toMinutes()
                + " minutes and did not come to the end; services: "
                + running.status());
      }
      Thread.sleep(LOOK_MILLIS);
    }
    outlet.awaitAllAlerts();
  }

  /** An event of nobody, after which event time stands at the horizon. */
  private static DeviceStatus tick(String community, Instant time) {
    return new DeviceStatus(
        new Origin(
            "tick",
            community,
            "horizon-clock",
            Place.of("horizon-clock"),
            time,
            time,
            "",
            0,
            false,
            ClockQuality.UNKNOWN),
        DeviceStatus.State.ONLINE,
        "",
        List.of(),
        null,
        null);
  }

  private static final class Unheard implements Outlet.Arrivals {
    @Override
    public void accepted(String eventId) {}

    @Override
    public void refused(String eventId, String reason) {}
  }
}
