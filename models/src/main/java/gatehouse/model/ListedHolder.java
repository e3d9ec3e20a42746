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
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.ListMembership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries the lists a person is on to the person's credentials, because doors see credentials.
 * Finds nothing itself; {@link RestrictedEntry} uses it.
 */
public final class ListedHolder implements AnalysisModel<Fact, ListedHolder.State> {

  private static final int MEMBERSHIPS = 32;
  private static final int CREDENTIALS = 16;

  /**
   * A person.
   *
   * @param memberships of the person, in the order of recording
   * @param credentials the person's, oldest first
   */
  public record State(List<ListMembership> memberships, List<String> credentials) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings.None> entry() {
    return new ModelEntry<>(
            "listed-holder",
            1,
            Ordering.EVENT_TIME,
            Set.of(ListMembership.class, Credential.class, AccessEvent.class),
            State.class,
            new Settings.None(),
            none -> new ListedHolder(),
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Lists of the holder",
                "持有人名单",
                "Puts a credential on the lists its holder is on; serves restricted-entry.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(HolderListing.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    String person =
        fact instanceof ListMembership membership
            ? membership.subject()
            : fact instanceof Credential credential
                ? credential.holder()
                : fact instanceof AccessEvent use && namesLists(use) ? use.person() : null;
    return person == null ? List.of() : List.of(fact.community() + '|' + person);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(List.of(), List.of()) : before;
    if (fact instanceof ListMembership membership) {
      State now =
          new State(
              Validity.with(state.memberships(), membership, MEMBERSHIPS), state.credentials());
      return carried(now, List.of(membership), state.credentials(), fact.time());
    }
    String credential =
        fact instanceof Credential registered
            ? registered.credential()
            : fact instanceof AccessEvent use ? use.credential() : "";
    if (credential.isEmpty() || state.credentials().contains(credential)) {
      return Step.keep(state);
    }
    List<String> credentials = new ArrayList<>(state.credentials());
    credentials.add(credential);
    if (credentials.size() > CREDENTIALS) {
      credentials.remove(0);
    }
    State now = new State(state.memberships(), List.copyOf(credentials));
    return carried(now, state.memberships(), List.of(credential), fact.time());
  }

  private static boolean namesLists(AccessEvent use) {
    return use.place().rules().stream().anyMatch(rule -> !rule.lists().isEmpty());
  }

  private static Step<State> carried(
      State state, List<ListMembership> memberships, List<String> credentials, Instant time) {
    List<DerivedFact> carried = new ArrayList<>();
    for (ListMembership membership : memberships) {
      for (String credential : credentials) {
        carried.add(new HolderListing(membership, credential, time));
      }
    }
    return new Step<>(state, List.of(), List.copyOf(carried), null);
  }
}
