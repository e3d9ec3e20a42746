package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.Residency;
import gatehouse.registry.Residency.Role;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of a unit's entry who lives there and whom it expects, as it was at that time; again when
 * the registry says so later. Finds nothing itself; {@link Tailgating} uses it.
 */
public final class UnitHousehold implements AnalysisModel<Fact, UnitHousehold.State> {

  private static final int RESIDENCIES = 32;
  private static final int PASSES = 16;
  private static final int ENTRIES = 8;

  private final Settings settings;

  UnitHousehold(Settings settings) {
    this.settings = settings;
  }

  /** How long what is recorded later is carried back. */
  public record Settings(
      @Setting(
              value = "an entry is said again when the registry changes within this time",
              max = 31_536_000)
          Duration correctable)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS = new Settings(Duration.ofDays(2));
  }

  /**
   * A unit.
   *
   * @param residencies who lives or works there, in the order of recording
   * @param passes its visitor's passes, in the order of recording
   * @param entries its newest entries as they were said last, oldest first
   */
  public record State(List<Residency> residencies, List<VisitorPass> passes, List<Said> entries) {

    private static final State NEW = new State(List.of(), List.of(), List.of());

    private boolean isEmpty() {
      return residencies.isEmpty() && passes.isEmpty() && entries.isEmpty();
    }
  }

  /**
   * An entry as it was said last.
   *
   * @param entry the entry
   * @param members who lived there
   * @param passes how many passes held
   */
  public record Said(UnitEntry entry, List<String> members, int passes) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "unit-household",
            1,
            Ordering.EVENT_TIME,
            Set.of(UnitEntry.class, Residency.class, VisitorPass.class),
            State.class,
            Settings.DEFAULTS,
            UnitHousehold::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Household of an entry",
                "进门者所属家庭",
                "Says who lives in the unit of somebody who was let in, and whom it expects; serves"
                    + " tailgating.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(HouseholdEntry.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    String unit =
        fact instanceof UnitEntry entry
            ? entry.unit()
            : fact instanceof Residency residency
                ? residency.unit()
                : fact instanceof VisitorPass pass ? pass.unit() : null;
    return unit == null || unit.isEmpty() ? List.of() : List.of(fact.community() + '|' + unit);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    List<DerivedFact> derived = new ArrayList<>();
    List<Said> entries = new ArrayList<>(recent(state.entries(), fact.time()));
    if (fact instanceof UnitEntry entry) {
      Said said = said(entry, state);
      // A unit of which nothing is registered tells nothing.
      if (!state.residencies().isEmpty() || said.passes() > 0) {
        derived.add(household(said, state, fact.time()));
      }
      entries.add(said);
      if (entries.size() > ENTRIES) {
        entries.remove(0);
      }
      return step(new State(state.residencies(), state.passes(), List.copyOf(entries)), derived);
    }
    State known = with(state, (RegistryFact) fact);
    entries.replaceAll(
        old -> {
          Said said = said(old.entry(), known);
          if (!said.equals(old)) {
            derived.add(household(said, known, fact.time()));
          }
          return said;
        });
    return step(new State(known.residencies(), known.passes(), List.copyOf(entries)), derived);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return step(
        new State(state.residencies(), state.passes(), recent(state.entries(), now)), List.of());
  }

  private Step<State> step(State state, List<DerivedFact> derived) {
    Instant wakeAt =
        state.entries().isEmpty()
            ? null
            : state.entries().get(0).entry().time().plus(settings.correctable());
    return new Step<>(state.isEmpty() ? null : state, List.of(), List.copyOf(derived), wakeAt);
  }

  private List<Said> recent(List<Said> entries, Instant now) {
    return entries.stream()
        .filter(said -> said.entry().time().plus(settings.correctable()).isAfter(now))
        .toList();
  }

  private static State with(State state, RegistryFact fact) {
    if (fact instanceof Residency residency) {
      return new State(
          Validity.with(state.residencies(), residency, RESIDENCIES),
          state.passes(),
          state.entries());
    } else if (fact instanceof VisitorPass pass) {
      return new State(
          state.residencies(), Validity.with(state.passes(), pass, PASSES), state.entries());
    }
    return state;
  }

  private static Said said(UnitEntry entry, State state) {
    List<String> members =
        state.residencies().stream()
            .map(Residency::person)
            .distinct()
            .filter(person -> livesThere(person, state, entry.time()))
            .toList();
    long passes =
        state.passes().stream()
            .map(VisitorPass::pass)
            .distinct()
            .filter(pass -> holds(pass, state, entry.time()))
            .count();
    return new Said(entry, members, (int) passes);
  }

  private static boolean livesThere(String person, State state, Instant time) {
    Residency valid =
        Validity.at(
            state.residencies().stream().filter(one -> one.person().equals(person)).toList(), time);
    return valid != null && valid.role() != Role.STAFF && valid.role() != Role.CONTRACTOR;
  }

  private static boolean holds(String pass, State state, Instant time) {
    return Validity.at(
            state.passes().stream().filter(one -> one.pass().equals(pass)).toList(), time)
        != null;
  }

  private static HouseholdEntry household(Said said, State state, Instant time) {
    UnitEntry entry = said.entry();
    return new HouseholdEntry(
        entry.community(),
        time,
        entry.use(),
        entry.place(),
        said.members(),
        said.passes(),
        state.residencies().size() + state.passes().size());
  }
}
