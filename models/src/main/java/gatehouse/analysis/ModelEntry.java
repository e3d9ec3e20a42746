package gatehouse.analysis;

import gatehouse.alert.EpisodePolicy;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A model as the catalogue knows it; all a host needs.
 *
 * @param id kebab-case of the class name
 * @param version major version; part of every alert's id
 * @param ordering when facts are shown to it
 * @param consumes the classes of facts it looks at
 * @param stateType class of its state
 * @param defaults its settings unless changed
 * @param factory makes the model for some settings
 * @param episodes when its findings belong to one alert
 * @param card what people should know
 * @param example the smallest history that makes it find something
 * @param derives the classes of facts it derives for later models
 */
public record ModelEntry<E extends Fact, S, C extends Settings>(
    String id,
    int version,
    Ordering ordering,
    Set<Class<? extends E>> consumes,
    Class<S> stateType,
    C defaults,
    Function<C, AnalysisModel<E, S>> factory,
    EpisodePolicy episodes,
    ModelCard card,
    Supplier<List<Fact>> example,
    Set<Class<? extends DerivedFact>> derives) {

  public ModelEntry {
    if (!id.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException("a model's id is kebab-case, not " + id);
    }
    SettingsRecord.check(defaults);
  }

  /** A model that derives nothing. */
  public ModelEntry(
      String id,
      int version,
      Ordering ordering,
      Set<Class<? extends E>> consumes,
      Class<S> stateType,
      C defaults,
      Function<C, AnalysisModel<E, S>> factory,
      EpisodePolicy episodes,
      ModelCard card,
      Supplier<List<Fact>> example) {
    this(
        id, version, ordering, consumes, stateType, defaults, factory, episodes, card, example,
        Set.of());
  }

  /** The same model, which derives facts of this class as well. */
  public ModelEntry<E, S, C> deriving(Class<? extends DerivedFact> type) {
    Set<Class<? extends DerivedFact>> all = new LinkedHashSet<>(derives);
    all.add(type);
    return new ModelEntry<>(
        id,
        version,
        ordering,
        consumes,
        stateType,
        defaults,
        factory,
        episodes,
        card,
        example,
        Collections.unmodifiableSet(all));
  }

  /** The model with some settings replaced. */
  public AnalysisModel<E, S> model(Map<String, String> overrides) {
    return factory.apply(SettingsRecord.with(defaults, overrides));
  }

  /** Whether it looks at facts of this class. */
  public boolean consumes(Fact fact) {
    return consumes.contains(fact.getClass());
  }
}
