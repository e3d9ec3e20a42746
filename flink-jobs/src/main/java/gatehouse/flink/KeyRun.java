package gatehouse.flink;

import gatehouse.alert.Finding;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.SettingsBook.ScopePath;
import gatehouse.analysis.Step;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.flink.KeyState.Seen;
import gatehouse.wire.WireName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key's run through its facts and wakes, step by step as {@code Replay} does it, with what a
 * host that never ends needs besides: a failing step changes nothing, a fact that comes again is
 * not shown again.
 */
final class KeyRun<S> {

  /** How long a device's event is remembered by a model that does not wait for the watermark. */
  static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** How many shown facts a key remembers. */
  private static final int SEEN_LIMIT = 64;

  /** How often a model may ask to be woken at once without time passing. */
  private static final int WAKES_AT_ONCE = 1000;

  /** What comes of the steps. */
  interface Output {
    void findings(List<Finding> findings);

    void derived(List<DerivedFact> derived);

    void failed(Fact fact, Throwable error);

    void wakeFailed(Instant at, ScopePath scope, String detail);

    void woken();

    void repeated();
  }

  private final ModelRunner<?, S, ?> runner;
  private final boolean rememberEvents;
  private final Output output;
  private final String key;

  /** As the key had it until something is added: most keys are read much more often. */
  private List<Seen> seen;

  private @Nullable S state;
  private @Nullable Instant wakeAt;
  private ScopePath scope;
  private Instant shownTo;

  /**
   * A run that goes on where the key stood.
   *
   * @param rememberEvents whether events of devices may be shown twice, because the model does not
   *     wait for the watermark
   */
  KeyRun(
      ModelRunner<?, S, ?> runner,
      String key,
      KeyState<S> before,
      boolean rememberEvents,
      Output output) {
    this.runner = runner;
    this.key = key;
    this.rememberEvents = rememberEvents;
    this.output = output;
    this.state = before.state();
    this.wakeAt = before.wakeAt();
    this.scope = before.scope();
    this.shownTo = before.shownTo();
    this.seen = before.seen();
  }

  /** What tells a fact from all others, so that the same one is known when it comes again. */
  static String identity(Fact fact) {
    return fact instanceof DeviceEvent event
        ? String.join(
            "|", WireName.of(fact.getClass()), fact.community(), event.device(), event.id())
        : String.join(
            "|", WireName.of(fact.getClass()), fact.community(), fact.id(), fact.time().toString());
  }

  /** Whether an event is older than what the model saw last; to show it would break the order. */
  boolean isBehind(Fact fact) {
    return state != null && !fact.time().isAfter(shownTo);
  }

  /** Shows a fact, after the wakes that are due before it. */
  void show(Fact fact) {
    boolean device = fact instanceof DeviceEvent;
    // What models derive is never sent again: it comes of facts that were shown once.
    boolean remember = device ? rememberEvents : !(fact instanceof DerivedFact);
    String identity = remember ? identity(fact) : "";
    if (remember && isKnown(identity)) {
      output.repeated();
      return;
    }
    wakeBefore(fact.time());
    try {
      ScopePath now = ModelRunner.scope(fact, scope);
      Step<S> step = runner.onEvent(key, fact, state, now);
      scope = now;
      take(step, fact.time());
    } catch (RuntimeException | StackOverflowError e) {
      output.failed(fact, e);
    }
    if (remember) {
      List<Seen> more = new ArrayList<>(seen);
      more.add(new Seen(identity, fact.time(), device));
      seen = more;
    }
  }

  private boolean isKnown(String identity) {
    for (Seen old : seen) {
      if (old.fact().equals(identity)) {
        return true;
      }
    }
    return false;
  }

  /** Wakes that are due before this time; at the same time facts come first. */
  void wakeBefore(Instant time) {
    int atOnce = 0;
    while (wakeAt != null && state != null && wakeAt.isBefore(time)) {
      Instant due = wakeAt;
      wakeAt = null;
      output.woken();
      try {
        take(runner.onWake(key, due, state, scope), due);
      } catch (RuntimeException | StackOverflowError e) {
        output.wakeFailed(due, scope, Refused.where(e));
      }
      atOnce = due.equals(wakeAt) ? atOnce + 1 : 0;
      if (atOnce > WAKES_AT_ONCE) {
        output.wakeFailed(due, scope, "asks to be woken again and again without time passing");
        wakeAt = null;
      }
    }
  }

  /** What to keep once event time has come this far. */
  KeyState<S> after(Instant now) {
    return new KeyState<>(state, wakeAt, scope, shownTo, remembered(now.minus(REMEMBERED)));
  }

  private List<Seen> remembered(Instant oldest) {
    if (seen.isEmpty()) {
      return List.of();
    }
    List<Seen> kept = new ArrayList<>(seen.size());
    for (Seen fact : seen) {
      if (fact.device() ? !fact.time().isBefore(oldest) : state != null) {
        kept.add(fact);
      }
    }
    return List.copyOf(kept.subList(Math.max(0, kept.size() - SEEN_LIMIT), kept.size()));
  }

  private void take(Step<S> step, Instant now) {
    state = step.state();
    Instant asked = step.wakeAt();
    wakeAt = asked == null || asked.isAfter(now) ? asked : now;
    if (now.isAfter(shownTo)) {
      shownTo = now;
    }
    if (!step.findings().isEmpty()) {
      output.findings(step.findings());
    }
    if (!step.derived().isEmpty()) {
      output.derived(step.derived());
    }
  }
}
