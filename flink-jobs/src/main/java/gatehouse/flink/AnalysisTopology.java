package gatehouse.flink;

import gatehouse.alert.Alert;
import gatehouse.alert.Episodes;
import gatehouse.alert.Finding;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsChange;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one topology of every job: facts and settings in; alerts, late events and dead letters out.
 *
 * <pre>
 * facts -> by community: places, routing -> by key: one operator a model -> by episode: alerts
 * settings -> to all of them             (derived facts go on to later models)
 * </pre>
 *
 * <p>Operator uids are {@code site}, the models' ids and {@code episodes}; state is found again by
 * them after an upgrade.
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
  private final List<? extends ModelEntry<?, ?, ?>> entries;
  private final TypeInformation<Fact> factType;
  private final TypeInformation<Routed> routedType;

  private AnalysisTopology(Options options) {
    this.options = options;
    this.entries = options.catalogue().entries();
    this.factType = options.catalogue().factType();
    this.routedType = RecordTypes.of(Routed.class, Fact.class, factType);
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
            .keyBy(Fact::community, Types.STRING)
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
    List<SingleOutputStreamOperator<Finding>> models = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      SingleOutputStreamOperator<Finding> model = model(i, site, models, changes);
      late = late.union(model.getSideOutput(Streams.late(factType)));
      dead = dead.union(model.getSideOutput(Streams.DEAD));
      models.add(model);
    }
    SingleOutputStreamOperator<Alert> alerts =
        union(models)
            .keyBy(Episodes::key, Types.STRING)
            .process(new AlertFunction(options.catalogue()), RecordTypes.of(Alert.class))
            .name(EPISODES)
            .uid(EPISODES);
    return new Result(alerts, late, dead.union(alerts.getSideOutput(Streams.DEAD)));
  }

  private SingleOutputStreamOperator<Finding> model(
      int index,
      SingleOutputStreamOperator<Fact> site,
      List<SingleOutputStreamOperator<Finding>> before,
      BroadcastStream<SettingsChange> changes) {
    ModelEntry<?, ?, ?> entry = entries.get(index);
    DataStream<Routed> routed =
        site.getSideOutput(Streams.to(entry, routedType))
            .transform("to-" + entry.id(), routedType, new NeverIdle<>());
    if (entry.consumes().stream().anyMatch(DerivedFact.class::isAssignableFrom)) {
      for (SingleOutputStreamOperator<Finding> model : before) {
        routed = routed.union(model.getSideOutput(Streams.to(entry, routedType)));
      }
    }
    return routed
        .keyBy(Routed::key, Types.STRING)
        .connect(changes)
        .process(
            new ModelFunction<>(
                options.catalogue(),
                index,
                new LiveSettings(options.settings()),
                factType,
                routedType),
            RecordTypes.of(Finding.class))
        .name(entry.id())
        .uid(entry.id());
  }

  private static DataStream<Finding> union(List<SingleOutputStreamOperator<Finding>> models) {
    DataStream<Finding> all = models.get(0);
    for (SingleOutputStreamOperator<Finding> model : models.subList(1, models.size())) {
      all = all.union(model);
    }
    return all;
  }
}
