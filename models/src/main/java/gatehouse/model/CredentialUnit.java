package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says whose credential was let in and which unit it belongs to, because most devices do not know.
 * Finds nothing itself; {@link UnitHousehold} and {@link Tailgating} use it.
 */
public final class CredentialUnit implements AnalysisModel<Fact, CredentialUnit.State> {

  private static final int VERSIONS = 8;

  /**
   * A credential.
   *
   * @param versions what is registered of it, in the order of recording
   */
  public record State(List<Credential> versions) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings.None> entry() {
    return new ModelEntry<>(
            "credential-unit",
            1,
            Ordering.EVENT_TIME,
            Set.of(AccessEvent.class, Credential.class),
            State.class,
            new Settings.None(),
            none -> new CredentialUnit(),
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Unit of a credential",
                "凭证所属户",
                "Says whose credential was let in and which unit it belongs to; serves tailgating.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(UnitEntry.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof Credential credential) {
      return List.of(key(fact, credential.credential()));
    }
    return fact instanceof AccessEvent use
            && use.passed()
            && use.direction() != Direction.OUT
            && !use.credential().isEmpty()
        ? List.of(key(fact, use.credential()))
        : List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State state) {
    List<Credential> versions = state == null ? List.of() : state.versions();
    if (fact instanceof Credential credential) {
      return Step.keep(new State(Validity.with(versions, credential, VERSIONS)));
    }
    UnitEntry entry = entry((AccessEvent) fact, versions);
    boolean known = entry.person() != null || entry.unit() != null;
    return known ? Step.<State>keep(state).derive(entry) : Step.keep(state);
  }

  private static UnitEntry entry(AccessEvent use, List<Credential> versions) {
    Credential registered = Validity.at(versions, use.time());
    String person = use.person();
    String unit = use.unit();
    if (registered != null) {
      person = person == null ? registered.holder() : person;
      unit = unit == null ? registered.unit() : unit;
    }
    return new UnitEntry(use.community(), use.time(), use.id(), use.place().id(), person, unit);
  }

  private static String key(Fact fact, String credential) {
    return fact.community() + '|' + credential;
  }
}
