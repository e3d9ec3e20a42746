package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Finding;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.model.denied.Attempt;
import gatehouse.model.denied.DeniedSettings;
import gatehouse.model.denied.OneDoor;
import gatehouse.model.denied.Trail;
import gatehouse.model.door.NightHours;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Denials in bursts: at one door, by one credential, by one person across doors; slow probing over
 * a day; a grant at last.
 *
 * <p>Each event is seen in up to three views, each with a key of its own: the door, the credential
 * or plate, and the person. {@link OneDoor} and {@link Trail} hold their rules, {@link
 * DeniedSettings} the numbers. A burst counts only if it is unusual: the count's tail under a
 * negative binomial distribution with the door's own learned rate at that hour, so a door with a
 * bad reader needs more denials than a good one.
 *
 * <p>An attempt is a refused credential or plate, or a good capture of an unmatched face at a door
 * that decides nothing about it. Expired credentials are stale-grant's, and during a lockdown a
 * refusal says nothing. The property is told, and the resident if it was one credential of a unit;
 * more urgently at three doors or at night. Whether the police hear of it, the property decides.
 *
 * <p>Source: rules and numbers are judgement, to be tuned by back-test (the state to beat is five
 * denials in three minutes); over-dispersed counts at doors are measured on the CalIt2 counts of
 * the UCI repository.
 */
public final class DeniedBurst implements AnalysisModel<Fact, DeniedBurst.State> {

  private static final String DOOR = "door:";
  private static final String CREDENTIAL = "credential:";
  private static final String SUBJECT = "subject:";

  private final DeniedSettings settings;
  private final NightHours night;

  /** The model with these settings. */
  public DeniedBurst(DeniedSettings settings) {
    this.settings = settings;
    this.night = new NightHours(settings.nightFrom(), settings.nightTo());
  }

  /**
   * What is kept of a key; one of the two.
   *
   * @param door of a door
   * @param trail of a credential, plate or person
   */
  public record State(OneDoor.@Nullable State door, Trail.@Nullable State trail) {}

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, DeniedSettings> entry() {
    return new ModelEntry<>(
        "denied-burst",
        1,
        Ordering.EVENT_TIME,
        Set.of(AccessEvent.class, PlateRead.class, FaceCapture.class, DeviceStatus.class),
        State.class,
        DeniedSettings.DEFAULTS,
        DeniedBurst::new,
        new EpisodePolicy(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(7)),
        new ModelCard(
            "Burst of denials",
            "连续拒绝通行",
            "Somebody is refused again and again: at one door, with several credentials, at several"
                + " doors, slowly over a day, or until the door opens.",
            List.of(Audience.PROPERTY, Audience.RESIDENT, Audience.OPERATIONS),
            ModelCard.LateData.COMMUTATIVE,
            List.of(
                "Wet fingers or poor light: a known holder refused for quality alone is one step"
                    + " lower; captures of low quality do not count",
                "An expired resident card: left to stale-grant",
                "Somebody out of hours: one step lower",
                "A courier trying doors: one step lower",
                "A failing reader: when most credentials are refused, and some used to work, one"
                    + " report goes to operations and the alerts it explains are taken back",
                "A bad reader at a busy door: the door's own rate is learned, and more denials are"
                    + " needed there",
                "The same card or vehicle read again at once: one attempt"),
            "Rules are judgement, to be tuned by back-test; tail of counts: negative binomial"
                + " NB1 (Cameron, Trivedi 2013), dispersion as measured on CalIt2"),
        DeniedBurst::example);
  }

  /** The smallest history in which it finds something: one card, refused five times. */
  public static List<Fact> example() {
    List<Fact> history = new ArrayList<>();
    history.add(DoorExample.door());
    for (int i = 0; i < DeniedSettings.DEFAULTS.count(); i++) {
      history.add(
          new AccessEvent(
              DoorExample.origin(i + 1, DoorExample.TIME.plusSeconds(12L * i)),
              "card-4711",
              CredentialType.CARD,
              "",
              null,
              null,
              Direction.IN,
              Outcome.DENIED,
              DenialReason.UNKNOWN_CREDENTIAL,
              false,
              null));
    }
    return List.copyOf(history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof AccessEvent access) {
      return keys(access);
    } else if (fact instanceof PlateRead read) {
      return keys(read);
    } else if (fact instanceof FaceCapture face) {
      return mayBeAttempt(face) ? List.of(key(DOOR, face, face.place().id())) : List.of();
    } else if (fact instanceof DeviceStatus status) {
      return List.of(key(DOOR, status, status.place().id()));
    }
    return List.of();
  }

  private static List<String> keys(AccessEvent access) {
    String door = key(DOOR, access, access.place().id());
    if (access.passed()) {
      return List.of(door);
    } else if (access.reason() == DenialReason.EXPIRED
        || access.reason() == DenialReason.LOCKDOWN) {
      return List.of();
    }
    List<String> keys = new ArrayList<>(List.of(door));
    if (!access.credential().isEmpty()) {
      keys.add(key(CREDENTIAL, access, access.credential()));
    }
    String person = access.person();
    if (person != null) {
      keys.add(key(SUBJECT, access, person));
    }
    return keys;
  }

  private static List<String> keys(PlateRead read) {
    String door = key(DOOR, read, read.place().id());
    return switch (read.outcome()) {
      case GRANTED -> List.of(door);
      case DENIED ->
          read.plate().isEmpty()
              ? List.of(door)
              : List.of(door, key(CREDENTIAL, read, read.plate()));
      case UNKNOWN -> List.of();
    };
  }

  private static String key(String view, DeviceEvent event, String id) {
    return view + event.community() + '/' + id;
  }

  /** A stranger in front of a door; cameras that only look on are not doors. */
  private boolean mayBeAttempt(FaceCapture face) {
    Place.Kind kind = face.place().kind();
    return (kind == Place.Kind.DOOR || kind == Place.Kind.TURNSTILE)
        && face.person() == null
        && face.localSubject() != null
        && face.direction() != Direction.OUT
        && face.quality() >= settings.faceQuality();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State state) {
    DeviceEvent event = (DeviceEvent) fact;
    Attempt denial = denial(event);
    Duration gap = event instanceof PlateRead ? settings.recapture() : settings.sameAttempt();
    if (key.startsWith(DOOR)) {
      OneDoor.State before = state == null ? null : state.door();
      return ofDoor(door(key).onEvent(event, denial, gap, before));
    }
    if (denial == null) {
      return Step.keep(state);
    }
    Trail.State before = state == null ? null : state.trail();
    return ofTrail(trail(key).onAttempt(denial, gap, before));
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    OneDoor.State door = state.door();
    return door == null ? Step.forget() : ofDoor(door(key).onWake(now, door));
  }

  private @Nullable Attempt denial(DeviceEvent event) {
    if (event instanceof AccessEvent access && !access.passed()) {
      return Attempt.of(access, night);
    } else if (event instanceof PlateRead read && read.outcome() == Outcome.DENIED) {
      return Attempt.of(read, night);
    }
    return null;
  }

  private OneDoor door(String key) {
    return new OneDoor(settings, community(key), id(key));
  }

  private Trail trail(String key) {
    return new Trail(settings, community(key), id(key), key.startsWith(SUBJECT));
  }

  private static String community(String key) {
    return key.substring(key.indexOf(':') + 1, key.indexOf('/'));
  }

  private static String id(String key) {
    return key.substring(key.indexOf('/') + 1);
  }

  private static Step<State> ofDoor(Step<OneDoor.State> step) {
    OneDoor.State state = step.state();
    return step(state == null ? null : new State(state, null), step.findings(), step.wakeAt());
  }

  private static Step<State> ofTrail(Step<Trail.State> step) {
    Trail.State state = step.state();
    return step(state == null ? null : new State(null, state), step.findings(), step.wakeAt());
  }

  private static Step<State> step(
      @Nullable State state, List<Finding> findings, @Nullable Instant wakeAt) {
    return Step.keep(state).findings(findings).wakeAt(wakeAt);
  }
}
