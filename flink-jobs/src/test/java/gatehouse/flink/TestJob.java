package gatehouse.flink;

import gatehouse.alert.Alert;
import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The topology between a source that starts again where a checkpoint says and a sink that keeps
 * everything it is given; two subtasks each. The source's two halves are the odd and even facts of
 * the history, so that every operator has two inputs that do not agree on the time.
 */
final class TestJob {

  private static final Map<String, TestJob> RUNNING = new ConcurrentHashMap<>();
  private static final int PARALLELISM = 2;

  private final String id = UUID.randomUUID().toString();
  private final Catalogue catalogue;
  private final List<Fact> arriving;
  private final Instant until;
  private final int perCheckpoint;
  private final List<SettingsChange> settings = new ArrayList<>();
  private final ConcurrentLinkedQueue<Alert> alerts = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<DeadLetter> dead = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Fact> late = new ConcurrentLinkedQueue<>();
  private final CountDownLatch begun = new CountDownLatch(PARALLELISM);
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile boolean failOnce;

  TestJob(Catalogue catalogue, List<Fact> arriving, Instant until) {
    this(catalogue, arriving, until, Integer.MAX_VALUE);
  }

  /**
   * A job over this history.
   *
   * @param perCheckpoint how many facts come between two checkpoints
   */
  TestJob(Catalogue catalogue, List<Fact> arriving, Instant until, int perCheckpoint) {
    this.catalogue = catalogue;
    this.arriving = arriving;
    this.until = until;
    this.perCheckpoint = perCheckpoint;
    RUNNING.put(id, this);
  }

  TestJob settings(List<SettingsChange> changes) {
    settings.addAll(changes);
    return this;
  }

  /** Has the job fail once, in the middle of the history and after a checkpoint. */
  TestJob failingOnce() {
    failOnce = true;
    return this;
  }

  /** Runs to the end. */
  void run(Configuration configuration) throws Exception {
    environment(configuration).execute();
  }

  /** Starts and returns at once. */
  JobClient start(Configuration configuration) throws Exception {
    return environment(configuration).executeAsync();
  }

  private StreamExecutionEnvironment environment(Configuration configuration) {
    Configuration all = JobSettings.common();
    all.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    all.set(RpcOptions.ASK_TIMEOUT_DURATION, Duration.ofMinutes(2));
    all.addAll(configuration);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, all);
    env.enableCheckpointing(100);
    TypeInformation<Incoming> incoming = FactDeserializer.type(catalogue);
    int each = perCheckpoint;
    SingleOutputStreamOperator<Fact> facts =
        env.fromSource(
                new DataGeneratorSource<>(
                    new Arriving(id, arriving),
                    arriving.size(),
                    perCheckpoint == Integer.MAX_VALUE
                        ? RateLimiterStrategy.noOp()
                        : parallelism -> new BetweenCheckpoints(each / parallelism),
                    incoming),
                WatermarkStrategy.<Incoming>forGenerator(
                        context -> new EventWatermarks(Histories.BOUND, null))
                    .withTimestampAssigner((fact, kafka) -> fact.timestamp()),
                "arriving",
                incoming)
            .uid("arriving")
            .process(new FactSource.FactSplit(), catalogue.factType())
            .map(new Gate(id, arriving.size()), catalogue.factType())
            .uid("gate")
            .transform("event-clock", catalogue.factType(), EventClock.history(until))
            .uid("event-clock");
    DataStream<SettingsChange> none =
        facts.flatMap(
            (Fact fact, Collector<SettingsChange> out) -> {}, RecordTypes.of(SettingsChange.class));
    AnalysisTopology.Result result =
        AnalysisTopology.build(
            facts, none, new AnalysisTopology.Options(catalogue, settings, null));
    result.alerts().sinkTo(new Keeping<>(id)).uid("alerts");
    result.dead().sinkTo(new Keeping<>(id)).uid("dead");
    result.late().sinkTo(new Keeping<>(id)).uid("late");
    return env;
  }

  void awaitFacts(int count) throws InterruptedException {
    while (seen.get() < count) {
      Thread.sleep(10);
    }
  }

  int factsSeen() {
    return seen.get();
  }

  boolean hasFailed() {
    return failed.get();
  }

  List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  List<DeadLetter> dead() {
    return List.copyOf(dead);
  }

  List<Fact> late() {
    return List.copyOf(late);
  }

  /** The last revision of every alert, in the order of the replay. */
  @SafeVarargs
  static List<Alert> last(List<Alert>... runs) {
    Map<String, Alert> last = new LinkedHashMap<>();
    for (List<Alert> run : runs) {
      for (Alert alert : run) {
        last.merge(alert.id(), alert, (a, b) -> a.revision() > b.revision() ? a : b);
      }
    }
    return last.values().stream()
        .sorted(Comparator.comparing(Alert::firstEventTime).thenComparing(Alert::id))
        .toList();
  }

  private static TestJob running(String id) {
    TestJob job = RUNNING.get(id);
    if (job == null) {
      throw new IllegalStateException("no test job of this id");
    }
    return job;
  }

  /**
   * The facts by number; the source gives each subtask one half of the numbers. Both begin
   * together: whoever was through before the other one began would be given its half as well.
   */
  private static final class Arriving implements GeneratorFunction<Long, Incoming> {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final byte[][] facts;

    Arriving(String id, List<Fact> facts) {
      this.id = id;
      this.facts = facts.stream().map(FactCodec::encode).toArray(byte[][]::new);
    }

    @Override
    public Incoming map(Long number) throws WireException, InterruptedException {
      int half = (facts.length + 1) / PARALLELISM;
      if (number == 0 || number == half) {
        CountDownLatch begun = running(id).begun;
        begun.countDown();
        begun.await();
      }
      int index = (int) (number < half ? 2 * number : 2 * (number - half) + 1);
      return Incoming.of(FactCodec.decode(facts[index]));
    }
  }

  /**
   * Counts facts, and fails once if it is to: soon after a checkpoint, so that some facts come
   * again and no other checkpoint is under way. (Flink 2.3 at times forgets to tell a restarted
   * source that there is nothing left, if one was.)
   */
  private static final class Gate extends RichMapFunction<Fact, Fact>
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final int FAILS_AFTER = 4;

    private final String id;
    private final int size;
    private transient boolean checkpointed;
    private transient int sinceCheckpoint;

    Gate(String id, int size) {
      this.id = id;
      this.size = size;
    }

    @Override
    public Fact map(Fact fact) {
      TestJob job = running(id);
      int count = job.seen.incrementAndGet();
      sinceCheckpoint++;
      if (job.failOnce
          && checkpointed
          && sinceCheckpoint == FAILS_AFTER
          && count > size / 2
          && job.failed.compareAndSet(false, true)) {
        throw new IllegalStateException("killed by the test");
      }
      return fact;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      checkpointed = true;
      sinceCheckpoint = 0;
    }
  }

  private static final class Keeping<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final String id;

    Keeping(String id) {
      this.id = id;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      TestJob job = running(id);
      return new SinkWriter<>() {
        @Override
        public void write(@Nullable T element, Context sink) {
          if (element instanceof Alert alert) {
            job.alerts.add(alert);
          } else if (element instanceof DeadLetter letter) {
            job.dead.add(letter);
          } else if (element instanceof Fact fact) {
            job.late.add(fact);
          }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
