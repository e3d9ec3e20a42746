package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.fact.DerivedFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * At doors with a contact: a granted use moves somebody only if the door opened soon after, or
 * stood open. Finds nothing itself; {@link PassageTrail} follows what it confirms.
 */
public final class PassageConfirmation
    implements AnalysisModel<DeviceEvent, PassageConfirmation.State> {

  /** Uses that wait for the door at once; more than one reader cycle never is. */
  private static final int WAITING = 16;

  private final Settings settings;

  PassageConfirmation(Settings settings) {
    this.settings = settings;
  }

  /** When a use counts as a passage. */
  public record Settings(
      @Setting(value = "the door must open this soon after the use", min = 1, max = 60)
          Duration openWithin)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS = new Settings(Duration.ofSeconds(8));
  }

  /**
   * A door.
   *
   * @param open whether its contact reported open last
   * @param waiting granted uses that the door has not followed yet, oldest first
   */
  public record State(boolean open, List<AccessEvent> waiting) {}

  /** The catalogue's line. */
  public static ModelEntry<DeviceEvent, State, Settings> entry() {
    return new ModelEntry<>(
            "passage-confirmation",
            1,
            Ordering.EVENT_TIME,
            Set.of(AccessEvent.class, DoorEvent.class),
            State.class,
            Settings.DEFAULTS,
            PassageConfirmation::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Passage confirmed by the door contact",
                "门磁确认通行",
                "Tells real passages from uses after which the door stayed shut; serves anti-passback.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Common practice of access controllers: anti-passback state changes on door open only"),
            List::of)
        .deriving(ConfirmedPassage.class);
  }

  @Override
  public List<String> keys(DeviceEvent event) {
    return event.place().door().contact()
        ? List.of(event.community() + '|' + event.place().id())
        : List.of();
  }

  @Override
  public Step<State> onEvent(String key, DeviceEvent event, @Nullable State before) {
    State state = before == null ? new State(false, List.of()) : before;
    if (event instanceof AccessEvent use) {
      return use.passed() && !use.duress() ? used(use, state) : waiting(state);
    }
    return event instanceof DoorEvent door ? doorChanged(door, state) : waiting(state);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    List<AccessEvent> still =
        state.waiting().stream()
            .filter(use -> use.time().plus(settings.openWithin()).isAfter(now))
            .toList();
    return waiting(new State(state.open(), still));
  }

  private Step<State> used(AccessEvent use, State state) {
    if (state.open()) {
      return waiting(state).derive(new ConfirmedPassage(use, use.time()));
    }
    List<AccessEvent> waiting = new ArrayList<>(state.waiting());
    waiting.add(use);
    if (waiting.size() > WAITING) {
      waiting.remove(0);
    }
    return waiting(new State(false, List.copyOf(waiting)));
  }

  private Step<State> doorChanged(DoorEvent door, State state) {
    return switch (door.change()) {
      case OPENED -> {
        List<DerivedFact> confirmed = new ArrayList<>();
        for (AccessEvent use : state.waiting()) {
          if (!use.time().plus(settings.openWithin()).isBefore(door.time())) {
            confirmed.add(new ConfirmedPassage(use, door.time()));
          }
        }
        yield new Step<>(new State(true, List.of()), List.of(), List.copyOf(confirmed), null);
      }
      case CLOSED -> waiting(new State(false, state.waiting()));
      default -> waiting(state);
    };
  }

  /** Keeps the state until the oldest use has waited long enough. */
  private Step<State> waiting(State state) {
    Instant wakeAt =
        state.waiting().isEmpty()
            ? null
            : state.waiting().get(0).time().plus(settings.openWithin()).plusMillis(1);
    return Step.keep(state.open() || wakeAt != null ? state : null).wakeAt(wakeAt);
  }
}
