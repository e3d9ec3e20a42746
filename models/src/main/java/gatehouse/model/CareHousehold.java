package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings;
import gatehouse.analysis.Step;
import gatehouse.fact.DerivedFact;
import gatehouse.model.care.HouseholdGuest;
import gatehouse.model.care.HouseholdMember;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.Residency;
import gatehouse.registry.VisitorPass;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells who lives with an enrolled elder, cares for them, or visits them by a pass. Finds nothing
 * itself; {@link ElderNightExit} uses it.
 */
public final class CareHousehold implements AnalysisModel<RegistryFact, CareHousehold.State> {

  private static final int ELDERS = 8;
  private static final int RESIDENCIES = 32;
  private static final int PASSES = 16;
  private static final Set<Residency.Role> OUTSIDERS =
      Set.of(Residency.Role.STAFF, Residency.Role.CONTRACTOR);

  /**
   * A unit.
   *
   * @param elders enrolled there, oldest first
   * @param residencies in the order of recording
   * @param passes of guests, at most {@value #PASSES}, in the order of recording
   */
  public record State(List<String> elders, List<Residency> residencies, List<VisitorPass> passes) {}

  /** The catalogue's line. */
  public static ModelEntry<RegistryFact, State, Settings.None> entry() {
    return new ModelEntry<>(
            "care-household",
            1,
            Ordering.EVENT_TIME,
            Set.of(CareEnrolment.class, Residency.class, VisitorPass.class),
            State.class,
            new Settings.None(),
            none -> new CareHousehold(),
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Household of an elder",
                "老人同住人",
                "Tells who lives with an enrolled elder or visits them; serves elder-night-exit.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(HouseholdMember.class)
        .deriving(HouseholdGuest.class);
  }

  @Override
  public List<String> keys(RegistryFact fact) {
    String unit =
        fact instanceof CareEnrolment enrolment
            ? enrolment.unit()
            : fact instanceof Residency residency && !OUTSIDERS.contains(residency.role())
                ? residency.unit()
                : fact instanceof VisitorPass pass && !pass.unit().isEmpty() ? pass.unit() : null;
    return unit == null ? List.of() : List.of(fact.community() + '|' + unit);
  }

  @Override
  public Step<State> onEvent(String key, RegistryFact fact, @Nullable State before) {
    State state = before == null ? new State(List.of(), List.of(), List.of()) : before;
    if (fact instanceof Residency residency) {
      State now =
          new State(
              state.elders(),
              Validity.with(state.residencies(), residency, RESIDENCIES),
              state.passes());
      return carried(now, fact, state.elders(), List.of(residency), List.of());
    } else if (fact instanceof VisitorPass pass) {
      State now =
          new State(
              state.elders(), state.residencies(), Validity.with(state.passes(), pass, PASSES));
      return carried(now, fact, state.elders(), List.of(), List.of(pass));
    } else if (fact instanceof CareEnrolment enrolment) {
      List<String> elders = new ArrayList<>(state.elders());
      elders.remove(enrolment.person());
      elders.add(enrolment.person());
      if (elders.size() > ELDERS) {
        elders.remove(0);
      }
      return carried(
          new State(List.copyOf(elders), state.residencies(), state.passes()),
          fact,
          List.of(enrolment.person()),
          state.residencies(),
          state.passes());
    }
    return Step.keep(before);
  }

  private static Step<State> carried(
      State state,
      RegistryFact cause,
      List<String> elders,
      List<Residency> residencies,
      List<VisitorPass> passes) {
    List<DerivedFact> carried = new ArrayList<>();
    for (String elder : elders) {
      for (Residency residency : residencies) {
        if (!residency.person().equals(elder)) {
          carried.add(new HouseholdMember(elder, residency, cause.time()));
        }
      }
      passes.forEach(pass -> carried.add(new HouseholdGuest(elder, pass, cause.time())));
    }
    return new Step<>(state, List.of(), List.copyOf(carried), null);
  }
}
