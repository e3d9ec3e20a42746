package gatehouse.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Finding;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which settings hold for a key; and a model derives what its entry says. */
class ModelRunnerTest {

  private static final Instant T0 = Instant.parse("2026-03-01T08:00:00Z");

  /** A fact of a place, and one of none. */
  public record Echo(String id, String community, Instant time, @Nullable Place settingsPlace)
      implements DerivedFact {}

  /** How patient somebody is, to tell one scope from another. */
  public record Patience(@Setting("patience") int patience) implements Settings {}

  /** The last fact. */
  public record State(Instant last) {}

  /** Finds every fact and every wake, under one key, and echoes events. */
  private record Listener() implements AnalysisModel<Fact, State> {

    @Override
    public List<String> keys(Fact fact) {
      return List.of("one");
    }

    @Override
    public Step<State> onEvent(String key, Fact fact, @Nullable State state) {
      Step<State> step =
          Step.keep(new State(fact.time()))
              .finding(found(fact.id(), fact.time()))
              .wakeAt(fact.time().plusSeconds(1));
      return fact instanceof AccessEvent event
          ? step.derive(new Echo("echo-" + fact.id(), "c1", fact.time(), event.place()))
          : step;
    }

    @Override
    public Step<State> onWake(String key, Instant now, State state) {
      return Step.keep(state).finding(found("wake-" + state.last(), now));
    }

    private static Finding found(String trigger, Instant at) {
      return Finding.evidence("episode", trigger, "c1", "", at).build();
    }
  }

  private static ModelEntry<Fact, State, Patience> listener(String id, Class<? extends Fact> to) {
    return new ModelEntry<>(
        id,
        1,
        Ordering.EVENT_TIME,
        to == AccessEvent.class ? Set.of(to, Credential.class) : Set.of(to),
        State.class,
        new Patience(0),
        settings -> new Listener(),
        EpisodePolicy.DEFAULT,
        new ModelCard(
            id, id, "", List.of(Audience.PROPERTY), ModelCard.LateData.ORDERED, List.of(), ""),
        List::of);
  }

  private final List<Fact> history = new ArrayList<>();
  private final SettingsBook book = new SettingsBook();

  private void setting(String model, SettingsChange.Scope scope, String id, String patience) {
    book.add(
        new SettingsChange(
            model, scope, id, Instant.EPOCH, Map.of("patience", patience), "somebody"));
  }

  private void used(String id, String place, int second) {
    Place of = Place.of(place);
    Place classed =
        new Place(
            of.id(),
            of.kind(),
            of.name(),
            of.building(),
            "rented",
            of.timeZone(),
            of.from(),
            of.to(),
            of.position(),
            of.door(),
            of.rules(),
            of.ways());
    Instant time = T0.plusSeconds(second);
    history.add(
        new AccessEvent(
            new Origin(
                id, "c1", "reader-" + place, classed, time, time, "", -1, false, ClockQuality.GOOD),
            "card-1",
            CredentialType.CARD,
            null,
            "",
            null,
            Direction.IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            null));
  }

  private void registered(String id, int second) {
    Instant time = T0.plusSeconds(second);
    history.add(
        new Credential(
            new Entry(id, "c1", time, time, null),
            "card-1",
            CredentialType.CARD,
            null,
            null,
            List.of(),
            Credential.Status.ACTIVE,
            null));
  }

  private Map<String, String> patienceByTrigger(String model) {
    Map<String, String> byTrigger = new TreeMap<>();
    List<ModelEntry<?, ?, ?>> entries =
        List.of(
            listener("listener", AccessEvent.class).deriving(Echo.class),
            listener("echo", Echo.class));
    new Replay(entries, book)
        .run(history, T0.plus(Duration.ofHours(1))).findings().stream()
            .filter(finding -> finding.model().equals(model))
            .forEach(
                finding -> byTrigger.put(finding.trigger(), finding.settings().get("patience")));
    return byTrigger;
  }

  @Test
  void aRegistryFactDoesNotMoveTheKeyAwayFromThePlaceOfItsLastEvent() {
    setting("listener", SettingsChange.Scope.PLACE, "c1/door-1", "1");
    registered("before", 0);
    used("use", "door-1", 10);
    registered("after", 20);
    assertThat(patienceByTrigger("listener"))
        .containsEntry("before", "0")
        .containsEntry("use", "1")
        .containsEntry("after", "1")
        .containsEntry("wake-" + T0.plusSeconds(20), "1");
  }

  @Test
  void theNextEventMovesIt() {
    setting("listener", SettingsChange.Scope.PLACE, "c1/door-1", "1");
    used("first", "door-1", 0);
    used("second", "door-2", 10);
    assertThat(patienceByTrigger("listener"))
        .containsEntry("first", "1")
        .containsEntry("second", "0")
        .containsEntry("wake-" + T0.plusSeconds(10), "0");
  }

  @Test
  void settingsOfAPlaceAndOfAClassReachWhoeverSeesOnlyDerivedFacts() {
    setting("echo", SettingsChange.Scope.COMMUNITY_CLASS, "rented", "2");
    setting("echo", SettingsChange.Scope.PLACE, "c1/door-1", "1");
    used("first", "door-1", 0);
    used("second", "door-2", 10);
    assertThat(patienceByTrigger("echo"))
        .containsEntry("echo-first", "1")
        .containsEntry("wake-" + T0, "1")
        .containsEntry("echo-second", "2")
        .containsEntry("wake-" + T0.plusSeconds(10), "2");
  }

  @Test
  void whatAModelDerivesItsEntryMustSay() {
    used("use", "door-1", 0);
    Replay replay = Replay.of(listener("listener", AccessEvent.class));
    assertThatThrownBy(() -> replay.run(history, T0.plusSeconds(1)))
        .hasMessage(
            "listener derives Echo, which its entry does not say. Maybe add .deriving() to it.");
  }
}
