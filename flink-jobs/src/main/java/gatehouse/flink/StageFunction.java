package gatehouse.flink;

import gatehouse.alert.Finding;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelEntry;
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
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Hosts the models of a stage; each of its keys belongs to one of them (see {@link
 * Routed#stateKey}).
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
final class StageFunction
    extends KeyedBroadcastProcessFunction<String, Routed, SettingsChange, Finding> {

  /** The most facts a key may have ahead of the watermark. */
  static final int BUFFER_LIMIT = 50_000;

  private static final long serialVersionUID = 1L;

  private final Catalogue catalogue;
  private final int stage;
  private final LiveSettings settings;
  private final TypeInformation<Fact> factType;
  private final OutputTag<Fact> lateTag;
  private final Map<String, OutputTag<Routed>> tags = new HashMap<>();

  private transient Map<String, HostedModel<?>> models;
  private transient ValueState<Pending> pendingState;
  private transient MapState<String, Fact> buffer;

  /** The host of a stage of the catalogue; derived facts go to later stages. */
  StageFunction(
      Catalogue catalogue,
      int stage,
      LiveSettings settings,
      TypeInformation<Fact> factType,
      TypeInformation<Routed> routedType) {
    this.catalogue = catalogue;
    this.stage = stage;
    this.settings = settings;
    this.factType = factType;
    this.lateTag = Streams.late(factType);
    Stages stages = new Stages(catalogue.entries());
    for (int later = stage + 1; later < stages.count(); later++) {
      for (ModelEntry<?, ?, ?> consumer : stages.models(later)) {
        tags.put(consumer.id(), Streams.to(later, routedType));
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    Stages stages = new Stages(catalogue.entries());
    List<ModelEntry<?, ?, ?>> later = new ArrayList<>();
    for (int i = stage + 1; i < stages.count(); i++) {
      later.addAll(stages.models(i));
    }
    models = new HashMap<>();
    for (ModelEntry<?, ?, ?> entry : stages.models(stage)) {
      models.put(entry.id(), HostedModel.open(entry, later, settings.book(), getRuntimeContext()));
    }
    // No model is called so: ids are kebab-case words.
    pendingState =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("#pending", RecordTypes.of(Pending.class)));
    buffer =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("#buffer", RecordTypes.text(), factType));
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
    HostedModel<?> model = models.get(routed.model());
    if (model == null) {
      throw new IllegalStateException(routed.model() + " is not of this stage");
    }
    Fact fact = routed.fact();
    long at = EventTime.millis(fact.time());
    if (model.isInEventTimeOrder() && at > context.timerService().currentWatermark()) {
      keep(model, fact, at, context);
    } else {
      showAtOnce(model, routed.key(), fact, context, out);
    }
  }

  private <S> void showAtOnce(
      HostedModel<S> model, String key, Fact fact, ReadOnlyContext context, Collector<Finding> out)
      throws Exception {
    KeyRun<S> run = model.run(key, new Emitting(model, context, out));
    if (model.isInEventTimeOrder() && isBehind(fact, run)) {
      late(model, fact, context);
      return;
    }
    run.show(fact);
    finish(model, run, pending(), context);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Finding> out)
      throws Exception {
    settings.restore(context.getBroadcastState(LiveSettings.STATE));
    HostedModel<?> model = models.get(Routed.model(context.getCurrentKey()));
    // A model that was taken out of the catalogue leaves its keys as they are.
    if (model != null) {
      showDue(model, context, out);
    }
  }

  private <S> void showDue(HostedModel<S> model, OnTimerContext context, Collector<Finding> out)
      throws Exception {
    List<Fact> due = new ArrayList<>();
    Pending pending = takeDue(context.timerService().currentWatermark(), due);
    KeyRun<S> run =
        model.run(Routed.key(context.getCurrentKey()), new Emitting(model, context, out));
    // Only after a restart, when the watermark starts anew, can a buffered fact be behind the key.
    List<Fact> behind = behind(due, run);
    for (Fact fact : due) {
      if (behind.contains(fact)) {
        late(model, fact, context);
      } else {
        run.show(fact);
      }
    }
    finish(model, run, pending, context);
  }

  private static List<Fact> behind(List<Fact> due, KeyRun<?> run) {
    List<Fact> behind = List.of();
    for (Fact fact : due) {
      if (isBehind(fact, run)) {
        behind = behind.isEmpty() ? new ArrayList<>() : behind;
        behind.add(fact);
      }
    }
    return behind;
  }

  private static boolean isBehind(Fact fact, KeyRun<?> run) {
    return fact instanceof DeviceEvent && run.isBehind(fact);
  }

  private void late(HostedModel<?> model, Fact event, ReadOnlyContext context) {
    model.metrics().late().inc();
    context.output(lateTag, Refused.bare((DeviceEvent) event));
  }

  private void keep(HostedModel<?> model, Fact fact, long at, ReadOnlyContext context)
      throws Exception {
    String identity = KeyRun.identity(fact);
    Pending pending = pending();
    if (pending.facts() > 0 && buffer.contains(identity)) {
      model.metrics().repeated().inc();
      return;
    }
    if (pending.facts() >= BUFFER_LIMIT) {
      model.metrics().dead().inc();
      context.output(
          Streams.DEAD,
          Refused.fact(model.id(), "BUFFER_FULL", "too many facts ahead of the watermark", fact));
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
        if (due.size() < pending.facts()) {
          facts.remove();
        }
      } else {
        earliest = Math.min(earliest, at);
        left++;
      }
    }
    if (left == 0) {
      buffer.clear();
    }
    due.sort(FactOrder.INSTANCE);
    return new Pending(left, earliest, pending.timer());
  }

  /** Wakes what is due, keeps the key, and sets its timer. */
  private <S> void finish(
      HostedModel<S> model, KeyRun<S> run, Pending before, ReadOnlyContext context)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    Instant now = EventTime.after(watermark);
    run.wakeBefore(now);
    KeyState<S> after = run.after(now);
    model.keep(after);
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

  /** Sends what comes of a key's steps to where it belongs. */
  private final class Emitting implements KeyRun.Output, Router.Output {

    private final HostedModel<?> of;
    private final ReadOnlyContext context;
    private final Collector<Finding> out;

    Emitting(HostedModel<?> of, ReadOnlyContext context, Collector<Finding> out) {
      this.of = of;
      this.context = context;
      this.out = out;
    }

    @Override
    public void findings(List<Finding> findings) {
      of.metrics().findings().inc(findings.size());
      findings.forEach(out::collect);
    }

    @Override
    public void derived(List<DerivedFact> derived) {
      derived.forEach(fact -> of.consumers().route(fact, this));
    }

    @Override
    public void failed(Fact fact, Throwable error) {
      dead(Refused.fact(of.id(), "MODEL_FAILED", Refused.where(error), fact));
    }

    @Override
    public void wakeFailed(Instant at, ScopePath scope, String detail) {
      dead(Refused.wake(of.id(), detail, scope.community(), at));
    }

    @Override
    public void woken() {
      of.metrics().wakes().inc();
    }

    @Override
    public void repeated() {
      of.metrics().repeated().inc();
    }

    @Override
    public void to(ModelEntry<?, ?, ?> model, Routed routed) {
      context.output(tags.get(model.id()), routed);
    }

    @Override
    public void dead(DeadLetter letter) {
      of.metrics().dead().inc();
      context.output(Streams.DEAD, letter);
    }
  }
}
