package gatehouse.analysis;

import gatehouse.alert.Finding;
import gatehouse.analysis.SettingsBook.ScopePath;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.site.Place;
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
    return entry.consumes(fact)
        ? configured(scope(fact, ScopePath.UNKNOWN), fact.time()).model().keys((E) fact)
        : List.of();
  }

  /**
   * Shows a fact that {@link #keys} assigned to this key.
   *
   * @param scope where the key belongs, this fact included
   */
  @SuppressWarnings("unchecked")
  public Step<S> onEvent(String key, Fact fact, @Nullable S state, ScopePath scope) {
    Configured<E, S> with = configured(scope, fact.time());
    return stamped(with, with.model().onEvent(key, (E) fact, state));
  }

  /** Wakes the model with the settings of where the key belongs. */
  public Step<S> onWake(String key, Instant now, S state, ScopePath scope) {
    Configured<E, S> with = configured(scope, now);
    return stamped(with, with.model().onWake(key, now, state));
  }

  /**
   * Where a key belongs, for the settings: to the place of the last event, or derived fact that
   * speaks of a place. What else is known of the key does not move it.
   *
   * @param before where it belonged; {@link ScopePath#UNKNOWN} before its first fact
   */
  public static ScopePath scope(Fact fact, ScopePath before) {
    Place place = null;
    if (fact instanceof DeviceEvent event) {
      place = event.place();
    } else if (fact instanceof DerivedFact derived) {
      place = derived.settingsPlace();
    }
    if (place != null) {
      return new ScopePath(place.communityClass(), fact.community(), place.id());
    }
    return before.equals(ScopePath.UNKNOWN) ? new ScopePath("", fact.community(), "") : before;
  }

  private Step<S> stamped(Configured<E, S> with, Step<S> step) {
    for (DerivedFact fact : step.derived()) {
      if (!entry.derives().contains(fact.getClass())) {
        throw new IllegalStateException(
            entry.id()
                + " derives "
                + fact.getClass().getSimpleName()
                + ", which its entry does not say. Maybe add .deriving() to it.");
      }
    }
    if (step.findings().isEmpty()) {
      return step;
    }
    List<Finding> stamped =
        step.findings().stream()
            .map(finding -> finding.stamped(entry.id(), entry.version(), with.inForce()))
            .toList();
    return step.findings(stamped);
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
