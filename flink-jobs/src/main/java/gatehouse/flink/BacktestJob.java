package gatehouse.flink;

import gatehouse.alert.Alert;
import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.model.ModelCatalogue;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The topology over a finished history: files of facts, one JSON object a line as on Kafka, to a
 * file of alerts, one JSON object a line, each in its last revision.
 *
 * <p>The files must be in event-time order but for the bound; registry and site facts may stand
 * anywhere before they are needed. What was late or could not be taken is counted and reported.
 */
public final class BacktestJob {

  private final Catalogue catalogue;
  private final List<SettingsChange> settings;

  /** A back-test of these models under these settings. */
  public BacktestJob(Catalogue catalogue, List<SettingsChange> settings) {
    this.catalogue = catalogue;
    this.settings = List.copyOf(settings);
  }

  /**
   * What came of a history.
   *
   * @param alerts every alert in its last revision, by first event time
   * @param late events that came later than the bound
   * @param dead what could not be taken
   */
  public record Outcome(List<Alert> alerts, List<Fact> late, List<DeadLetter> dead) {}

  /** One of the three, on its way out of the job. */
  record Piece(@Nullable Alert alert, @Nullable Fact late, @Nullable DeadLetter dead) {}

  /**
   * Runs it.
   *
   * @param bound how much disorder the files have
   * @param until how long time goes on after the last fact
   */
  public Outcome run(
      StreamExecutionEnvironment env, List<Path> files, Duration bound, Instant until)
      throws Exception {
    env.configure(JobSettings.common());
    TypeInformation<Incoming> incoming = FactDeserializer.type(catalogue);
    SingleOutputStreamOperator<Fact> facts =
        env.fromSource(
                new DataGeneratorSource<>(
                    new FactLines(files),
                    FactLines.count(files),
                    RateLimiterStrategy.noOp(),
                    incoming),
                WatermarkStrategy.<Incoming>forGenerator(
                        context -> new EventWatermarks(bound, null))
                    .withTimestampAssigner((fact, kafka) -> fact.timestamp()),
                "files",
                incoming)
            .setParallelism(1)
            .process(new FactSource.FactSplit(), catalogue.factType())
            .setParallelism(1);
    SingleOutputStreamOperator<Fact> timed =
        facts
            .transform("event-clock", catalogue.factType(), EventClock.history(until))
            .setParallelism(1);
    AnalysisTopology.Result result =
        AnalysisTopology.build(
            timed, noChanges(timed), new AnalysisTopology.Options(catalogue, settings, null));
    return collect(result, facts.getSideOutput(Streams.DEAD));
  }

  /** All settings are known at the start; this stream brings none and ends with the facts. */
  private static DataStream<SettingsChange> noChanges(DataStream<Fact> facts) {
    return facts.flatMap(
        (Fact fact, Collector<SettingsChange> out) -> {}, RecordTypes.of(SettingsChange.class));
  }

  private Outcome collect(AnalysisTopology.Result result, DataStream<DeadLetter> refused)
      throws Exception {
    TypeInformation<Piece> type = RecordTypes.of(Piece.class, Fact.class, catalogue.factType());
    DataStream<Piece> pieces =
        result
            .alerts()
            .map(alert -> new Piece(alert, null, null), type)
            .union(
                result.late().map(late -> new Piece(null, late, null), type),
                result.dead().union(refused).map(dead -> new Piece(null, null, dead), type));
    Map<String, Alert> last = new LinkedHashMap<>();
    List<Fact> late = new ArrayList<>();
    List<DeadLetter> dead = new ArrayList<>();
    CloseableIterator<Piece> all = pieces.executeAndCollect("gatehouse-backtest");
    try {
      while (all.hasNext()) {
        Piece piece = all.next();
        if (piece.alert() != null) {
          last.merge(piece.alert().id(), piece.alert(), BacktestJob::newer);
        } else if (piece.late() != null) {
          late.add(piece.late());
        } else if (piece.dead() != null) {
          dead.add(piece.dead());
        }
      }
    } finally {
      all.close();
    }
    List<Alert> alerts = new ArrayList<>(last.values());
    alerts.sort(Comparator.comparing(Alert::firstEventTime).thenComparing(Alert::id));
    return new Outcome(alerts, late, dead);
  }

  private static Alert newer(Alert one, Alert other) {
    return one.revision() > other.revision() ? one : other;
  }

  /**
   * Runs the catalogue over files: {@code OUT.jsonl FACTS.jsonl...}. Time goes on for a day after
   * the last fact; the files may be in disorder by {@link #BOUND}.
   */
  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      throw new IllegalArgumentException("usage: OUT.jsonl FACTS.jsonl...");
    }
    List<Path> files = Arrays.stream(args).skip(1).map(Path::of).toList();
    Outcome outcome =
        new BacktestJob(ModelCatalogue::all, List.of())
            .run(
                StreamExecutionEnvironment.getExecutionEnvironment(),
                files,
                BOUND,
                last(files).plus(Duration.ofDays(1)));
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[0]), StandardCharsets.UTF_8)) {
      RecordCodec<Alert> codec = RecordCodec.of(Alert.class);
      for (Alert alert : outcome.alerts()) {
        out.write(new String(codec.encode(alert), StandardCharsets.UTF_8));
        out.newLine();
      }
    }
    System.out.printf(
        "%d alerts, %d late events, %d dead letters%n",
        outcome.alerts().size(), outcome.late().size(), outcome.dead().size());
  }

  /** How much disorder {@link #main} allows for. */
  public static final Duration BOUND = Duration.ofSeconds(2);

  private static Instant last(List<Path> files) throws IOException {
    Instant last = Instant.EPOCH;
    for (Path file : files) {
      try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
        last = lines.map(BacktestJob::time).reduce(last, (a, b) -> a.isAfter(b) ? a : b);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return last;
  }

  private static Instant time(String line) {
    try {
      return FactCodec.decode(line.getBytes(StandardCharsets.UTF_8)).time();
    } catch (WireException e) {
      return Instant.EPOCH;
    }
  }
}
