package gatehouse.analysis;

import gatehouse.alert.Finding;
import gatehouse.analysis.SettingsBook.ScopePath;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs one model with the settings in force; what all hosts share. It keeps no state of any key:
 * the host does.
 */
public final class ModelRunner<E extends Fact, S, C extends Settings> {

  private static final int CACHED = 1000;

  private final ModelEntry<E, S, C> entry;
  private final SettingsBook settings;
  private final Map<Map<String, String>, Configured<E, S>> cache = new HashMap<>();

  private record Configured<E extends Fact, S>(
      AnalysisModel<E, S> model, Map<String, String> inForce) {}

  /** A runner that looks up settings in this book, which may change between calls. */
  public ModelRunner(ModelEntry<E, S, C> entry, SettingsBook settings) {
    this.entry = entry;
    this.settings = settings;
  }

  /** The entry it runs. */
  public ModelEntry<E, S, C> entry() {
    return entry;
  }

  /** The keys a fact concerns; empty if it is not for this model. */
  @SuppressWarnings("unchecked")
  public List<String> keys(Fact fact) {
    return entry.consumes(fact) ? configured(fact).model().keys((E) fact) : List.of();
  }

  /** Shows a fact that {@link #keys} assigned to this key. */
  @SuppressWarnings("unchecked")
  public Step<S> onEvent(String key, Fact fact, @Nullable S state) {
    Configured<E, S> with = configured(fact);
    return stamped(with, with.model().onEvent(key, (E) fact, state));
  }

  /** Wakes the model; settings are those of the place of the key's last fact. */
  public Step<S> onWake(String key, Instant now, S state, ScopePath scope) {
    Configured<E, S> with = configured(scope, now);
    return stamped(with, with.model().onWake(key, now, state));
  }

  /** Where a fact belongs, for the settings. */
  public static ScopePath scope(Fact fact) {
    return fact instanceof DeviceEvent event
        ? new ScopePath(event.place().communityClass(), fact.community(), event.place().id())
        : new ScopePath("", fact.community(), "");
  }

  private Step<S> stamped(Configured<E, S> with, Step<S> step) {
    if (step.findings().isEmpty()) {
      return step;
    }
    List<Finding> stamped =
        step.findings().stream()
            .map(finding -> finding.stamped(entry.id(), entry.version(), with.inForce()))
            .toList();
    return step.findings(stamped);
  }

  private Configured<E, S> configured(Fact fact) {
    return configured(scope(fact), fact.time());
  }

  private Configured<E, S> configured(ScopePath scope, Instant at) {
    Map<String, String> overrides = settings.valuesFor(entry.id(), scope, at);
    Configured<E, S> known = cache.get(overrides);
    if (known == null) {
      C values = SettingsRecord.with(entry.defaults(), overrides);
      known = new Configured<>(entry.factory().apply(values), SettingsRecord.texts(values));
      if (cache.size() >= CACHED) {
        cache.clear();
      }
      cache.put(overrides, known);
    }
    return known;
  }
}
