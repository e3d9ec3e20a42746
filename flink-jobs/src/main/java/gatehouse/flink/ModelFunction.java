package gatehouse.flink;

import gatehouse.alert.Finding;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings;
import gatehouse.analysis.SettingsBook.ScopePath;
import gatehouse.analysis.SettingsChange;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Hosts one model of the catalogue.
 *
 * <p>A model in event-time order sees the facts of a key when the watermark has passed them,
 * sorted, with its wakes in between. Registry, site and derived facts behind the watermark are
 * shown at once, for they must not be lost. A model on arrival sees everything at once.
 *
 * <p>All timers are in event time, one a key. What is kept of a key is its model's state (bounded
 * by the model), the buffered facts (at most {@link #BUFFER_LIMIT}, further ones go to dead letters
 * with {@code BUFFER_FULL}: a clock that runs ahead, or a key that is far too wide), and some
 * remembered identities. A step that throws leaves the key as it was and the fact in the dead
 * letters.
 */
final class ModelFunction<E extends Fact, S, C extends Settings>
    extends KeyedBroadcastProcessFunction<String, Routed, SettingsChange, Finding> {

  /** The most facts a key may have ahead of the watermark. */
  static final int BUFFER_LIMIT = 50_000;

  private static final long serialVersionUID = 1L;

  private final Catalogue catalogue;
  private final int index;
  private final LiveSettings settings;
  private final TypeInformation<Fact> factType;
  private final OutputTag<Fact> lateTag;
  private final Map<String, OutputTag<Routed>> tags = new HashMap<>();

  private transient ModelEntry<E, S, C> entry;
  private transient ModelRunner<E, S, C> runner;
  private transient Router derivedFacts;
  private transient ModelMetrics metrics;
  private transient ValueState<KeyState<S>> keyState;
  private transient ValueState<Pending> pendingState;
  private transient MapState<String, Fact> buffer;

  /** The host of the entry at this place of the catalogue; its derived facts go to later ones. */
  ModelFunction(
      Catalogue catalogue,
      int index,
      LiveSettings settings,
      TypeInformation<Fact> factType,
      TypeInformation<Routed> routedType) {
    this.catalogue = catalogue;
    this.index = index;
    this.settings = settings;
    this.factType = factType;
    this.lateTag = Streams.late(factType);
    for (ModelEntry<?, ?, ?> consumer : consumers()) {
      tags.put(consumer.id(), Streams.to(consumer, routedType));
    }
  }

  private List<ModelEntry<?, ?, ?>> consumers() {
    List<ModelEntry<?, ?, ?>> all = new ArrayList<>(catalogue.entries());
    return all.subList(index + 1, all.size());
  }

  @Override
  @SuppressWarnings("unchecked")
  public void open(OpenContext context) {
    entry = (ModelEntry<E, S, C>) catalogue.entries().get(index);
    runner = new ModelRunner<>(entry, settings.book());
    derivedFacts = new Router(consumers(), settings.book());
    metrics = ModelMetrics.of(getRuntimeContext().getMetricGroup(), entry.id());
    keyState = getRuntimeContext().getState(new ValueStateDescriptor<>("key", stateType(entry)));
    pendingState =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("pending", RecordTypes.of(Pending.class)));
    buffer =
        getRuntimeContext().getMapState(new MapStateDescriptor<>("buffer", Types.STRING, factType));
  }

  /** The type of what is kept of a key. */
  static <S> TypeInformation<KeyState<S>> stateType(ModelEntry<?, S, ?> entry) {
    return RecordTypes.of(
        KeyState.class, KeyState.class.getTypeParameters()[0], RecordTypes.of(entry.stateType()));
  }

  @Override
  public void processBroadcastElement(
      SettingsChange change, Context context, Collector<Finding> out) throws Exception {
    settings.change(change, context.getBroadcastState(LiveSettings.STATE));
  }

  @Override
  public void processElement(Routed routed, ReadOnlyContext context, Collector<Finding> out)
      throws Exception {
    settings.restore(context.getBroadcastState(LiveSettings.STATE));
    Fact fact = routed.fact();
    long watermark = context.timerService().currentWatermark();
    long at = EventTime.millis(fact.time());
    if (entry.ordering() == Ordering.EVENT_TIME && at > watermark) {
      keep(fact, at, context);
      return;
    }
    KeyRun<S> run = run(context, out);
    if (entry.ordering() == Ordering.EVENT_TIME
        && fact instanceof DeviceEvent event
        && run.isBehind(fact)) {
      metrics.late().inc();
      context.output(lateTag, Refused.bare(event));
      return;
    }
    run.show(fact);
    finish(run, pending(), context);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Finding> out)
      throws Exception {
    settings.restore(context.getBroadcastState(LiveSettings.STATE));
    long watermark = context.timerService().currentWatermark();
    List<Fact> due = new ArrayList<>();
    Pending pending = takeDue(watermark, due);
    KeyRun<S> run = run(context, out);
    // Only after a restart, when the watermark starts anew, can a buffered fact be behind the key.
    List<Fact> behind =
        due.stream().filter(fact -> fact instanceof DeviceEvent && run.isBehind(fact)).toList();
    for (Fact fact : due) {
      if (fact instanceof DeviceEvent event && behind.contains(fact)) {
        metrics.late().inc();
        context.output(lateTag, Refused.bare(event));
      } else {
        run.show(fact);
      }
    }
    finish(run, pending, context);
  }

  private void keep(Fact fact, long at, ReadOnlyContext context) throws Exception {
    String identity = KeyRun.identity(fact);
    if (buffer.contains(identity)) {
      metrics.repeated().inc();
      return;
    }
    Pending pending = pending();
    if (pending.facts() >= BUFFER_LIMIT) {
      metrics.dead().inc();
      context.output(
          Streams.DEAD,
          Refused.fact(entry.id(), "BUFFER_FULL", "too many facts ahead of the watermark", fact));
      return;
    }
    buffer.put(identity, fact);
    long earliest = Math.min(pending.earliest(), at);
    long timer = Math.min(pending.timer(), earliest);
    setTimer(pending.timer(), timer, context.timerService());
    pendingState.update(new Pending(pending.facts() + 1, earliest, timer));
  }

  /** Moves the facts that the watermark has passed out of the buffer, in order. */
  private Pending takeDue(long watermark, List<Fact> due) throws Exception {
    Pending pending = pending();
    if (pending.earliest() > watermark) {
      return pending;
    }
    long earliest = Pending.NEVER;
    int left = 0;
    for (Iterator<Map.Entry<String, Fact>> facts = buffer.iterator(); facts.hasNext(); ) {
      Fact fact = facts.next().getValue();
      long at = EventTime.millis(fact.time());
      if (at <= watermark) {
        due.add(fact);
        facts.remove();
      } else {
        earliest = Math.min(earliest, at);
        left++;
      }
    }
    due.sort(FactOrder.INSTANCE);
    return new Pending(left, earliest, pending.timer());
  }

  /** Wakes what is due, keeps the key, and sets its timer. */
  private void finish(KeyRun<S> run, Pending before, ReadOnlyContext context) throws Exception {
    long watermark = context.timerService().currentWatermark();
    Instant now = EventTime.after(watermark);
    run.wakeBefore(now);
    KeyState<S> after = run.after(now);
    if (after.isEmpty()) {
      keyState.clear();
    } else {
      keyState.update(after);
    }
    long timer = Math.min(before.earliest(), nextTimer(after));
    long set = before.timer() <= watermark ? Pending.NEVER : before.timer();
    setTimer(set, timer, context.timerService());
    Pending pending = new Pending(before.facts(), before.earliest(), timer);
    if (pending.equals(Pending.NOTHING)) {
      pendingState.clear();
    } else {
      pendingState.update(pending);
    }
  }

  private static long nextTimer(KeyState<?> state) {
    Instant wakeAt = state.wakeAt();
    long next = wakeAt == null ? Pending.NEVER : EventTime.millis(wakeAt);
    for (KeyState.Seen seen : state.seen()) {
      if (seen.device()) {
        next = Math.min(next, EventTime.millis(seen.time().plus(KeyRun.REMEMBERED)) + 1);
      }
    }
    return next;
  }

  private static void setTimer(long before, long now, TimerService timers) {
    if (before != now) {
      if (before != Pending.NEVER) {
        timers.deleteEventTimeTimer(before);
      }
      if (now != Pending.NEVER) {
        timers.registerEventTimeTimer(now);
      }
    }
  }

  private Pending pending() throws Exception {
    Pending pending = pendingState.value();
    return pending == null ? Pending.NOTHING : pending;
  }

  private KeyRun<S> run(ReadOnlyContext context, Collector<Finding> out) throws Exception {
    KeyState<S> before = keyState.value();
    return new KeyRun<>(
        runner,
        context.getCurrentKey(),
        before == null ? KeyState.unknown() : before,
        entry.ordering() == Ordering.ON_ARRIVAL,
        new Emitting(context, out));
  }

  /** Sends what comes of a key's steps to where it belongs. */
  private final class Emitting implements KeyRun.Output, Router.Output {

    private final ReadOnlyContext context;
    private final Collector<Finding> out;

    Emitting(ReadOnlyContext context, Collector<Finding> out) {
      this.context = context;
      this.out = out;
    }

    @Override
    public void findings(List<Finding> findings) {
      metrics.findings().inc(findings.size());
      findings.forEach(out::collect);
    }

    @Override
    public void derived(List<DerivedFact> derived) {
      derived.forEach(fact -> derivedFacts.route(fact, this));
    }

    @Override
    public void failed(Fact fact, Throwable error) {
      dead(Refused.fact(entry.id(), "MODEL_FAILED", Refused.where(error), fact));
    }

    @Override
    public void wakeFailed(Instant at, ScopePath scope, String detail) {
      dead(Refused.wake(entry.id(), detail, scope.community(), at));
    }

    @Override
    public void woken() {
      metrics.wakes().inc();
    }

    @Override
    public void repeated() {
      metrics.repeated().inc();
    }

    @Override
    public void to(ModelEntry<?, ?, ?> model, Routed routed) {
      context.output(tags.get(model.id()), routed);
    }

    @Override
    public void dead(DeadLetter letter) {
      metrics.dead().inc();
      context.output(Streams.DEAD, letter);
    }
  }
}
