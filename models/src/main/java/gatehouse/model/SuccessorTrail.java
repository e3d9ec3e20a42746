package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a replaced credential of the uses of the one that replaced it, because a use names only
 * itself. Finds nothing itself; {@link StaleGrant} uses it.
 */
public final class SuccessorTrail implements AnalysisModel<Fact, SuccessorTrail.State> {

  private static final int USES = 8;
  private static final int PREDECESSORS = 4;

  private final Settings settings;

  SuccessorTrail(Settings settings) {
    this.settings = settings;
  }

  /** How far back uses are told. */
  public record Settings(
      @Setting(
              value = "uses are kept this long for a replacement that is recorded later",
              min = 3600)
          Duration remember)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS = new Settings(Duration.ofDays(14));
  }

  /**
   * A credential.
   *
   * @param predecessors the credentials it replaces
   * @param uses its last uses that were let pass, oldest first
   */
  public record State(List<String> predecessors, List<Evidence> uses) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "successor-trail",
            1,
            Ordering.EVENT_TIME,
            Set.of(AccessEvent.class, Credential.class),
            State.class,
            Settings.DEFAULTS,
            SuccessorTrail::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Uses of the replacing credential",
                "换发凭证使用轨迹",
                "Tells a replaced credential of the uses of its successor; serves stale-grant.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(SuccessorUse.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    String credential =
        fact instanceof Credential replaced
            ? replaced.supersededBy()
            : fact instanceof AccessEvent use && use.passed() ? use.credential() : null;
    return credential == null || credential.isEmpty()
        ? List.of()
        : List.of(fact.community() + '|' + credential);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(List.of(), List.of()) : before;
    if (fact instanceof AccessEvent use) {
      return used(use, state);
    }
    return fact instanceof Credential replaced ? replaced(replaced, state) : Step.keep(state);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return kept(new State(state.predecessors(), recent(state.uses(), now)), List.of());
  }

  private Step<State> used(AccessEvent event, State state) {
    Evidence use = Evidence.of(event, "stale-grant.successor-use");
    List<Evidence> uses = new ArrayList<>(recent(state.uses(), event.time()));
    uses.add(use);
    if (uses.size() > USES) {
      uses.remove(0);
    }
    List<DerivedFact> told = new ArrayList<>();
    for (String predecessor : state.predecessors()) {
      told.add(
          new SuccessorUse(event.community(), predecessor, event.credential(), use, event.time()));
    }
    return kept(new State(state.predecessors(), List.copyOf(uses)), told);
  }

  private Step<State> replaced(Credential replaced, State state) {
    String successor = replaced.supersededBy();
    if (successor == null || state.predecessors().contains(replaced.credential())) {
      return kept(state, List.of());
    }
    List<String> predecessors = new ArrayList<>(state.predecessors());
    predecessors.add(replaced.credential());
    if (predecessors.size() > PREDECESSORS) {
      predecessors.remove(0);
    }
    List<Evidence> uses = recent(state.uses(), replaced.time());
    List<DerivedFact> told = new ArrayList<>();
    for (Evidence use : uses) {
      told.add(
          new SuccessorUse(
              replaced.community(), replaced.credential(), successor, use, replaced.time()));
    }
    return kept(new State(List.copyOf(predecessors), uses), told);
  }

  private List<Evidence> recent(List<Evidence> uses, Instant now) {
    return uses.stream().filter(use -> use.time().plus(settings.remember()).isAfter(now)).toList();
  }

  private Step<State> kept(State state, List<DerivedFact> told) {
    boolean nothing = state.predecessors().isEmpty() && state.uses().isEmpty();
    Instant wakeAt =
        state.uses().isEmpty() ? null : state.uses().get(0).time().plus(settings.remember());
    return new Step<>(nothing ? null : state, List.of(), List.copyOf(told), wakeAt);
  }
}
