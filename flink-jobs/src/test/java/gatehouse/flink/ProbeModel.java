package gatehouse.flink;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that means nothing and forgives nothing: its findings carry a hash of everything it saw
 * under a key, in that order, so any fact that is lost, doubled or misplaced changes its alerts.
 */
public final class ProbeModel implements AnalysisModel<Fact, ProbeModel.State> {

  /** Ids of the entries. */
  static final String SEQUENCE = "probe-sequence";

  static final String CHAIN = "probe-chain";
  static final String ARRIVAL = "probe-arrival";

  /** A credential on which the model throws. */
  static final String POISON = "poison";

  /** Settings that change the hash. */
  public record Tuning(
      @Setting(value = "factor of the hash", min = 1) int factor,
      @Setting("until it is woken") Duration patience)
      implements Settings {}

  /** All that a state may hold. */
  public record State(
      long hash,
      int count,
      @Nullable String lastFound,
      Instant last,
      List<String> recent,
      Map<String, Integer> places,
      Set<Outcome> outcomes,
      Duration longest,
      @Nullable AccessEvent newest) {}

  private static final State START =
      new State(7, 0, null, Instant.EPOCH, List.of(), Map.of(), Set.of(), Duration.ZERO, null);

  private final String id;
  private final Tuning tuning;

  private ProbeModel(String id, Tuning tuning) {
    this.id = id;
    this.tuning = tuning;
  }

  /** The three probes, in the order in which facts go. */
  public static List<ModelEntry<?, ?, ?>> entries() {
    return List.of(
        entry(
                SEQUENCE,
                Ordering.EVENT_TIME,
                Set.of(AccessEvent.class, DoorEvent.class, Credential.class))
            .deriving(ProbeFact.class),
        entry(CHAIN, Ordering.EVENT_TIME, Set.of(ProbeFact.class, DoorEvent.class))
            .deriving(ProbeFact.class),
        entry(ARRIVAL, Ordering.ON_ARRIVAL, Set.of(AccessEvent.class)));
  }

  private static ModelEntry<Fact, State, Tuning> entry(
      String id, Ordering ordering, Set<Class<? extends Fact>> consumes) {
    return new ModelEntry<>(
        id,
        1,
        ordering,
        consumes,
        State.class,
        new Tuning(31, Duration.ofSeconds(40)),
        tuning -> new ProbeModel(id, tuning),
        new EpisodePolicy(Duration.ofMinutes(3), Duration.ofMinutes(5), Duration.ofHours(2)),
        new ModelCard(
            id, id, "", List.of(Audience.PROPERTY), ModelCard.LateData.ORDERED, List.of(), ""),
        () -> Histories.random(1, "example"));
  }

  @Override
  public List<String> keys(Fact fact) {
    return names(fact).stream().map(name -> fact.community() + "/" + name).toList();
  }

  private List<String> names(Fact fact) {
    if (fact instanceof ProbeFact probe) {
      return List.of("chain-" + Math.floorMod(probe.key().hashCode(), 3));
    } else if (fact instanceof Credential credential) {
      return List.of("credential-" + credential.credential());
    } else if (fact instanceof DoorEvent door) {
      return List.of("place-" + door.place().id());
    } else if (fact instanceof AccessEvent access && id.equals(ARRIVAL)) {
      return access.duress() ? List.of("duress-" + access.place().id()) : List.of();
    } else if (fact instanceof AccessEvent access) {
      return List.of("credential-" + access.credential(), "place-" + access.place().id());
    }
    return List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof AccessEvent access && access.credential().equals(POISON)) {
      throw new IllegalStateException("this must not be logged: " + access.credential());
    }
    if (id.equals(ARRIVAL)) {
      return Step.<State>forget().finding(found("event-" + fact.id(), (AccessEvent) fact, 0));
    }
    State state = seen(fact, before == null ? START : before);
    Step<State> step = Step.keep(state).wakeAt(fact.time().plus(tuning.patience()));
    if (fact instanceof Credential credential && state.lastFound() != null) {
      String trigger = state.lastFound();
      return step.finding(
          Finding.retract(
              key, trigger, credential.community(), "", fact.time(), "probe.explained"));
    }
    if (state.count() % 3 == 0) {
      step =
          step.derive(
              new ProbeFact(
                  key + "@" + fact.id(),
                  fact.community(),
                  fact.time(),
                  key,
                  state.hash(),
                  fact instanceof DeviceEvent event ? event.place() : null));
    }
    if (fact instanceof AccessEvent access && access.outcome() == Outcome.DENIED) {
      State found =
          new State(
              state.hash(),
              state.count(),
              access.id(),
              state.last(),
              state.recent(),
              state.places(),
              state.outcomes(),
              state.longest(),
              access);
      return new Step<>(
          found, List.of(found(key, access, state.hash())), step.derived(), step.wakeAt());
    }
    if (fact instanceof ProbeFact && state.count() % 4 == 0) {
      return step.finding(
          Finding.evidence(key, fact.id(), fact.community(), "", fact.time())
              .explanation("probe.chain")
              .value("hash", state.hash())
              .build());
    }
    return step;
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    State woken =
        new State(
            state.hash() * tuning.factor() + 1,
            state.count(),
            state.lastFound(),
            state.last(),
            state.recent(),
            state.places(),
            state.outcomes(),
            state.longest(),
            state.newest());
    if (state.newest() == null) {
      return Step.keep(woken);
    }
    if (state.count() % 5 == 0) {
      return Step.<State>forget()
          .finding(
              Finding.close(
                  key, state.newest().id(), state.newest().community(), "", now, "probe.over"));
    }
    return Step.keep(woken)
        .finding(
            Finding.evidence(key, "wake-" + now, state.newest().community(), "", now)
                .explanation("probe.woken")
                .value("hash", woken.hash())
                .build());
  }

  private State seen(Fact fact, State state) {
    List<String> recent = new ArrayList<>(state.recent());
    recent.add(fact.id());
    Map<String, Integer> places = new LinkedHashMap<>(state.places());
    String place =
        fact instanceof AccessEvent access ? access.place().name() + access.place().zone() : "";
    places.merge(place, 1, Integer::sum);
    Duration pause = Duration.between(state.last(), fact.time());
    return new State(
        (state.hash() * tuning.factor() + fact.id().hashCode()) * tuning.factor()
            + places.toString().hashCode(),
        state.count() + 1,
        state.lastFound(),
        fact.time(),
        List.copyOf(recent.subList(Math.max(0, recent.size() - 4), recent.size())),
        places,
        fact instanceof AccessEvent access ? Set.of(access.outcome()) : state.outcomes(),
        pause.compareTo(state.longest()) > 0 ? pause : state.longest(),
        state.newest());
  }

  private static Finding found(String episode, AccessEvent access, long hash) {
    return Finding.evidence(episode, access)
        .subject("credential", access.credential(), "holder")
        .explanation("probe.found")
        .value("hash", hash)
        .evidence(Evidence.of(access, "probe"))
        .score(Math.floorMod(hash, 100) / 100.0)
        .build();
  }
}
