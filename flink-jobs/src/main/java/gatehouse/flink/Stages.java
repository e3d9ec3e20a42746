package gatehouse.flink;

import gatehouse.analysis.ModelEntry;
import gatehouse.fact.DerivedFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The models by stage: in the first those that look at no derived facts, then each one stage after
 * the last of those that derive what it looks at.
 */
final class Stages {

  private final Map<String, Integer> stages = new HashMap<>();
  private final List<List<ModelEntry<?, ?, ?>>> models = new ArrayList<>();

  /**
   * The stages of a catalogue.
   *
   * @throws IllegalArgumentException if nobody before a model derives what it looks at
   */
  Stages(List<? extends ModelEntry<?, ?, ?>> entries) {
    Map<Class<?>, Integer> derived = new HashMap<>();
    for (ModelEntry<?, ?, ?> entry : entries) {
      int stage = 0;
      for (Class<?> type : entry.consumes()) {
        if (DerivedFact.class.isAssignableFrom(type)) {
          Integer by = derived.get(type);
          if (by == null) {
            throw new IllegalArgumentException(
                "nobody before "
                    + entry.id()
                    + " derives "
                    + type.getSimpleName()
                    + ". Maybe it stands too early in the catalogue.");
          }
          stage = Math.max(stage, by + 1);
        }
      }
      for (Class<?> type : entry.derives()) {
        derived.merge(type, stage, Math::max);
      }
      if (stage == models.size()) {
        models.add(new ArrayList<>());
      }
      models.get(stage).add(entry);
      stages.put(entry.id(), stage);
    }
  }

  /** How many there are. */
  int count() {
    return models.size();
  }

  /** The models of a stage, in the order of the catalogue. */
  List<ModelEntry<?, ?, ?>> models(int stage) {
    return models.get(stage);
  }

  /** The stage of a model. */
  int of(ModelEntry<?, ?, ?> entry) {
    Integer stage = stages.get(entry.id());
    if (stage == null) {
      throw new IllegalArgumentException(entry.id() + " is not in the catalogue");
    }
    return stage;
  }

  /** Whether a model of one stage derives what one of the other looks at. */
  boolean feeds(int stage, int later) {
    return models.get(stage).stream()
        .flatMap(entry -> entry.derives().stream())
        .anyMatch(
            type -> models.get(later).stream().anyMatch(entry -> entry.consumes().contains(type)));
  }
}
