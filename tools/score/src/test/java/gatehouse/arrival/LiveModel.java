package gatehouse.arrival;

import gatehouse.alert.Finding;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsBook.ScopePath;
import gatehouse.analysis.Step;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One model of a {@link LiveHost}, with its keys, what waits for them, and its own watermark. */
final class LiveModel<S> {

  /** How long the live job remembers an event that was shown on arrival. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final ModelRunner<?, S, ?> runner;
  private final boolean ordered;
  private final Consumer<Finding> findings;
  private final Consumer<DerivedFact> derived;
  private final Map<String, Key> keys = new HashMap<>();
  private final Timers timers = new Timers();
  private long watermark = Long.MIN_VALUE;

  private LiveModel(
      ModelRunner<?, S, ?> runner, Consumer<Finding> findings, Consumer<DerivedFact> derived) {
    this.runner = runner;
    this.ordered = runner.entry().ordering() == Ordering.EVENT_TIME;
    this.findings = findings;
    this.derived = derived;
  }

  static <S, C extends Settings> LiveModel<S> of(
      ModelEntry<?, S, C> entry, Consumer<Finding> findings, Consumer<DerivedFact> derived) {
    return new LiveModel<>(new ModelRunner<>(entry, new SettingsBook()), findings, derived);
  }

  /** Takes a fact that arrives; whether the model should have seen it earlier. */
  boolean arrive(Fact fact) {
    List<String> concerned = runner.keys(fact);
    long at = fact.time().toEpochMilli();
    if (ordered && fact instanceof DeviceEvent && at <= watermark) {
      return !concerned.isEmpty();
    }
    for (String name : concerned) {
      Key key = keys.computeIfAbsent(name, Key::new);
      if (ordered && at > watermark) {
        key.waiting.putIfAbsent(identity(fact), fact);
        key.setTimer();
      } else {
        key.show(fact);
        key.finish();
      }
    }
    return false;
  }

  /** Event time has come this far, to the millisecond. */
  void advance(long to) {
    watermark = to;
    for (String name : timers.take(to)) {
      Key key = keys.computeIfAbsent(name, Key::new);
      key.showDue();
      key.finish();
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(Math.max(watermark, -1) + 1);
  }

  private static String identity(Fact fact) {
    String sender = fact instanceof DeviceEvent event ? event.device() : fact.time().toString();
    return String.join("|", fact.getClass().getName(), fact.community(), sender, fact.id());
  }

  private final class Key {

    private final String name;
    private final Map<String, Fact> waiting = new LinkedHashMap<>();
    private final Map<String, Instant> shown = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private @Nullable S state;
    private @Nullable Instant wakeAt;
    private ScopePath scope = ScopePath.UNKNOWN;

    Key(String name) {
      this.name = name;
    }

    void showDue() {
      List<Fact> due = new ArrayList<>();
      waiting.values().stream()
          .filter(fact -> fact.time().toEpochMilli() <= watermark)
          .forEach(due::add);
      due.sort(FactOrder.INSTANCE);
      due.forEach(fact -> waiting.remove(identity(fact)));
      due.forEach(this::show);
    }

    void show(Fact fact) {
      String identity = identity(fact);
      boolean device = fact instanceof DeviceEvent;
      if (device ? shown.containsKey(identity) : !known.add(identity)) {
        return;
      }
      wakeBefore(fact.time());
      scope = ModelRunner.scope(fact, scope);
      take(runner.onEvent(name, fact, state, scope), fact.time());
      if (device && !ordered) {
        shown.put(identity, fact.time());
      }
    }

    void finish() {
      wakeBefore(now());
      shown.values().removeIf(time -> time.isBefore(now().minus(REMEMBERED)));
      setTimer();
    }

    void setTimer() {
      Long next = wakeAt == null ? null : Long.valueOf(wakeAt.toEpochMilli());
      for (Fact fact : waiting.values()) {
        long at = fact.time().toEpochMilli();
        next = next == null ? at : Math.min(next, at);
      }
      timers.set(name, next);
    }

    private void wakeBefore(Instant time) {
      while (wakeAt != null && state != null && wakeAt.isBefore(time)) {
        Instant due = wakeAt;
        wakeAt = null;
        take(runner.onWake(name, due, state, scope), due);
      }
    }

    private void take(Step<S> step, Instant at) {
      state = step.state();
      Instant asked = step.wakeAt();
      wakeAt = asked == null || asked.isAfter(at) ? asked : at;
      step.findings().forEach(findings);
      step.derived().forEach(derived);
    }
  }
}
