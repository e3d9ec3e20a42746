package gatehouse.flink;

import gatehouse.alert.Alert;
import gatehouse.alert.Episodes;
import gatehouse.alert.Finding;
import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one topology of every job: facts and settings in; alerts, late events and dead letters out.
 *
 * <pre>
 * facts -> by community: places, routing -> by key: one operator a stage -> by episode: alerts
 * settings -> to all of them             (derived facts go on to later stages)
 * </pre>
 *
 * <p>A stage hosts all models that can stand side by side (see {@link Stages}); a task costs more
 * than a model. Operator uids are {@code site}, {@code models-1} and so on, and {@code episodes};
 * inside a stage, state is called by the model's id. By both it is found again after an upgrade.
 */
public final class AnalysisTopology {

  private static final String EPISODES = "episodes";

  /**
   * What the analysis is done with.
   *
   * @param catalogue the models
   * @param settings changes of settings that are known when the job starts
   * @param clockAhead how far an event may be ahead of the gateway's clock before it is refused for
   *     models in event-time order; null: any
   */
  public record Options(
      Catalogue catalogue, List<SettingsChange> settings, @Nullable Duration clockAhead) {}

  /**
   * What comes out.
   *
   * @param alerts alert revisions, in order within an alert
   * @param late events behind the watermark that models in event-time order did not see
   * @param dead facts that could not be taken
   */
  public record Result(
      DataStream<Alert> alerts, DataStream<Fact> late, DataStream<DeadLetter> dead) {}

  private final Options options;
  private final Stages stages;
  private final TypeInformation<Fact> factType;
  private final TypeInformation<Routed> routedType;

  private AnalysisTopology(Options options) {
    this.options = options;
    this.stages = new Stages(options.catalogue().entries());
    this.factType = options.catalogue().factType();
    this.routedType = RecordTypes.of(Routed.class, Fact.class, RecordTypes.repeated(factType));
  }

  /**
   * Adds the topology to a job.
   *
   * @param facts with timestamps and watermarks, of the catalogue's fact type
   * @param settings changes of settings; its watermarks must not hold back those of the facts
   */
  public static Result build(
      DataStream<Fact> facts, DataStream<SettingsChange> settings, Options options) {
    return new AnalysisTopology(options).build(facts, settings);
  }

  private Result build(DataStream<Fact> facts, DataStream<SettingsChange> settings) {
    BroadcastStream<SettingsChange> changes = settings.broadcast(LiveSettings.STATE);
    SingleOutputStreamOperator<Fact> site =
        facts
            .keyBy(Fact::community, RecordTypes.text())
            .connect(changes)
            .process(
                new SiteFunction(
                    options.catalogue(),
                    new LiveSettings(options.settings()),
                    options.clockAhead(),
                    factType,
                    routedType),
                factType)
            .name("site")
            .uid("site");
    DataStream<Fact> late = site.getSideOutput(Streams.late(factType));
    DataStream<DeadLetter> dead = site.getSideOutput(Streams.DEAD);
    List<SingleOutputStreamOperator<Finding>> built = new ArrayList<>();
    for (int i = 0; i < stages.count(); i++) {
      SingleOutputStreamOperator<Finding> stage = stage(i, site, built, changes);
      late = late.union(stage.getSideOutput(Streams.late(factType)));
      dead = dead.union(stage.getSideOutput(Streams.DEAD));
      built.add(stage);
    }
    SingleOutputStreamOperator<Alert> alerts =
        union(built)
            .keyBy(Episodes::key, RecordTypes.text())
            .process(new AlertFunction(options.catalogue()), RecordTypes.of(Alert.class))
            .name(EPISODES)
            .uid(EPISODES);
    return new Result(alerts, late, dead.union(alerts.getSideOutput(Streams.DEAD)));
  }

  private SingleOutputStreamOperator<Finding> stage(
      int index,
      SingleOutputStreamOperator<Fact> site,
      List<SingleOutputStreamOperator<Finding>> before,
      BroadcastStream<SettingsChange> changes) {
    String name = Streams.name(index);
    DataStream<Routed> routed =
        site.getSideOutput(Streams.to(index, routedType))
            .transform("to-" + name, routedType, new NeverIdle<>());
    for (int i = 0; i < index; i++) {
      if (stages.feeds(i, index)) {
        routed = routed.union(before.get(i).getSideOutput(Streams.to(index, routedType)));
      }
    }
    return routed
        .keyBy(Routed::stateKey, RecordTypes.text())
        .connect(changes)
        .process(
            new StageFunction(
                options.catalogue(),
                index,
                new LiveSettings(options.settings()),
                factType,
                routedType),
            RecordTypes.of(Finding.class))
        .name(name)
        .uid(name);
  }

  private static DataStream<Finding> union(List<SingleOutputStreamOperator<Finding>> stages) {
    DataStream<Finding> all = stages.get(0);
    for (SingleOutputStreamOperator<Finding> stage : stages.subList(1, stages.size())) {
      all = all.union(stage);
    }
    return all;
  }
}
