package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DoorEvent;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.model.door.Alarm;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.DoorKey;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.door.DoorReleases;
import gatehouse.model.door.ForcedDays;
import gatehouse.model.door.NightHours;
import gatehouse.model.door.Witnesses;
import gatehouse.registry.Permit;
import gatehouse.site.Device;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A door's contact opened and nothing had released the door.
 *
 * <p>At OPENED at t it looks for a grant, a request to exit, or a remote, scheduled, fire or key
 * release in [t − {@code unlockBefore}, t + {@code unlockAfter}]; it decides at the window's end,
 * because a release may be reported after the opening it caused. No conclusion (and no alert) when
 * leaving is not reported at the door, when a mechanical key opens it unseen, or when one of the
 * devices that tell of releases was blind within the window. A camera that only looks on is none of
 * them; nor is a terminal blind whose connection is broken if it kept the opening, for then it kept
 * the release as well. The episode lasts until CLOSED; a contact that bounces is one opening. A
 * permit for work on the door, also one that is recorded later, explains it.
 *
 * <p>Urgent by day, most urgent at night. A door that does this all the time is broken: more than
 * {@code nuisancePerDay} forced openings a day on {@code nuisanceDays} days running lower the
 * urgency by two steps and ask for maintenance, except at night when a stranger was seen there.
 *
 * <p>Score: the posterior mean of a door's share of true alarms, (4 + TP) / (5 + TP + FP), the
 * openings that made it a nuisance counted as false. Source of the windows and the debounce time:
 * vendors' defaults for forced-door supervision; forced-door alarms are known to be mostly
 * nuisance, hence the rest.
 */
public final class DoorForced implements AnalysisModel<Fact, DoorForced.State> {

  private static final DoorReleases.Roles ROLES =
      new DoorReleases.Roles(
          "door-forced.last-grant", "door-forced.last-exit-request", "door-forced.last-release");
  private static final int ALARMS = 8;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Settings settings;
  private final NightHours night;

  /** The model with these settings. */
  public DoorForced(Settings settings) {
    this.settings = settings;
    this.night = new NightHours(settings.nightFrom(), settings.nightTo());
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "a release this long before the opening explains it", max = 120)
          Duration unlockBefore,
      @Setting(value = "a release reported this long after the opening explains it", max = 60)
          Duration unlockAfter,
      @Setting(value = "a contact that opens again within this time only bounced", max = 10)
          Duration debounce,
      @Setting("local time at which the night begins") LocalTime nightFrom,
      @Setting("local time at which the night ends") LocalTime nightTo,
      @Setting(value = "more forced openings a day than this are a nuisance", min = 1, max = 1000)
          int nuisancePerDay,
      @Setting(value = "after so many such days running the door needs service", min = 1, max = 7)
          int nuisanceDays,
      @Setting(value = "a fire release holds this long unless the door locks", max = 86_400)
          Duration fireReleaseHolds,
      @Setting(
              value =
                  "an exit request or exit reader seen within this time shows that leaving is"
                      + " reported, where the site does not say so",
              max = 31_536_000)
          Duration leavingReportedFor,
      @Setting(
              value =
                  "a device that told of no release while others of the door told so many only"
                      + " looks on",
              min = 1,
              max = 1_000_000)
          int onlooker,
      @Setting(value = "a device's word that it is well counts this long", max = 86_400)
          Duration wellFor,
      @Setting(value = "windows widen by what the door's clocks differ, at most this", max = 3600)
          Duration clocksApart,
      @Setting(value = "a stranger seen this long before the end of the window counts", max = 3600)
          Duration strangerWithin,
      @Setting(value = "least quality of a stranger's capture", unit = "share", max = 1)
          double strangerQuality)
      implements gatehouse.analysis.Settings {

    /** The values of the specification. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofSeconds(8),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            LocalTime.of(23, 0),
            LocalTime.of(5, 0),
            3,
            3,
            Duration.ofHours(2),
            Duration.ofDays(30),
            100,
            Duration.ofMinutes(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            0.6);
  }

  /**
   * What is kept of a door.
   *
   * @param devices whether its devices could see everything
   * @param witnesses which of them tell of releases
   * @param releases what let it open
   * @param permits what explains openings
   * @param opening the opening that lasts or bounces; null: closed
   * @param stranger the newest sighting of a stranger
   * @param days forced openings a day
   * @param alarms the newest findings, at most {@value #ALARMS}
   */
  public record State(
      DeviceWatch devices,
      Witnesses witnesses,
      DoorReleases releases,
      DoorPermits permits,
      @Nullable Opening opening,
      @Nullable Evidence stranger,
      ForcedDays days,
      List<Alarm> alarms) {

    private static final State NEW =
        new State(
            DeviceWatch.NONE,
            Witnesses.NONE,
            DoorReleases.NONE,
            DoorPermits.NONE,
            null,
            null,
            ForcedDays.NONE,
            List.of());

    private State devices(DeviceWatch next, Witnesses nextWitnesses) {
      return new State(next, nextWitnesses, releases, permits, opening, stranger, days, alarms);
    }

    private DeviceWatch telling(Settings settings) {
      return witnesses.among(devices, settings.onlooker());
    }

    private State releases(DoorReleases next) {
      return new State(devices, witnesses, next, permits, opening, stranger, days, alarms);
    }

    private State opening(@Nullable Opening next) {
      return new State(devices, witnesses, releases, permits, next, stranger, days, alarms);
    }

    private State stranger(Evidence next) {
      return new State(devices, witnesses, releases, permits, opening, next, days, alarms);
    }

    private State forced(ForcedDays nextDays, List<Alarm> nextAlarms) {
      return new State(
          devices, witnesses, releases, permits, opening, stranger, nextDays, nextAlarms);
    }

    private State permits(DoorPermits next) {
      return new State(devices, witnesses, releases, next, opening, stranger, days, alarms);
    }
  }

  /**
   * The door stands open, or has just closed.
   *
   * @param contact the event that opened it
   * @param timeZone the door's time zone
   * @param kept whether the contact's device had kept it while its connection was broken
   * @param judgement what is known of it
   * @param closed id of the event that closed it; null: still open
   * @param closedAt when it closed
   */
  public record Opening(
      Evidence contact,
      String timeZone,
      boolean kept,
      Judgement judgement,
      @Nullable String closed,
      @Nullable Instant closedAt) {

    /** What is known of an opening. */
    public enum Judgement {
      /** A release may still be reported. */
      PENDING,
      /** It cannot be judged, or was released, or explained. */
      INNOCENT,
      FORCED
    }

    private Opening judged(Judgement next) {
      return new Opening(contact, timeZone, kept, next, closed, closedAt);
    }

    private Opening closedBy(@Nullable String event, @Nullable Instant at) {
      return new Opening(contact, timeZone, kept, judgement, event, at);
    }

    private ZoneId zone() {
      return ZoneId.of(timeZone);
    }
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "door-forced",
            1,
            Ordering.EVENT_TIME,
            Set.of(
                DoorEvent.class,
                AccessEvent.class,
                PlateRead.class,
                FaceCapture.class,
                DeviceStatus.class,
                DeviceHealth.class,
                Device.class,
                Permit.class),
            State.class,
            Settings.DEFAULTS,
            DoorForced::new,
            EpisodePolicy.UNTIL_CLOSED,
            new ModelCard(
                "Door forced",
                "强行开门",
                "A door's contact opens although no grant, request to exit, or remote, scheduled, fire"
                    + " or key release stands around it. The property decides whether to tell the"
                    + " police.",
                List.of(Audience.PROPERTY),
                ModelCard.LateData.ORDERED,
                List.of(
                    "An exit button that is slow or not fitted: releases up to 3 s after the opening"
                        + " count; doors at which leaving is never reported are not judged",
                    "A door that does not latch, or wind: a bouncing contact is one opening; a door"
                        + " that opens like this day after day is reported for maintenance, two steps"
                        + " lower",
                    "A mechanical key: doors with one are not judged",
                    "Grants that come late from a reader that was offline: no alert while a device that"
                        + " releases the door is blind; a late grant takes the alert back",
                    "Work on the door, or a drill: a permit naming the door explains it, also when it"
                        + " is recorded afterwards"),
                "Vendors' forced-door supervision: unlock window, 1 s debounce; the rest is judgement,"
                    + " to be tuned by back-test"),
            DoorForced::example)
        .deriving(ForcedOpening.class);
  }

  /** The smallest history in which it finds something: a door opens, and nothing else. */
  public static List<Fact> example() {
    return List.of(
        DoorExample.door(), new DoorEvent(DoorExample.origin(1, DoorExample.TIME), Change.OPENED));
  }

  @Override
  public List<String> keys(Fact fact) {
    return DoorKey.of(fact, DoorPermits.DOOR_UNDER_WORK);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    if (fact instanceof Permit permit) {
      return explained(key, permit, state);
    } else if (fact instanceof Device device) {
      return step(
          device.active()
              ? state
              : state.devices(
                  state.devices().without(device.id()), state.witnesses().without(device.id())),
          List.of());
    }
    if (fact instanceof DeviceHealth health) {
      return step(state.devices(state.devices().after(health), state.witnesses()), List.of());
    }
    DeviceEvent event = (DeviceEvent) fact;
    State seen =
        state
            .devices(state.devices().after(event), state.witnesses().after(event))
            .releases(state.releases().after(event, ROLES));
    if (event instanceof DoorEvent door) {
      return switch (door.change()) {
        case OPENED -> opened(door, seen);
        case CLOSED -> step(closing(door, seen), List.of());
        default -> step(seen, List.of());
      };
    } else if (event instanceof FaceCapture face && isStranger(face)) {
      return step(seen.stranger(Evidence.of(face, "door-forced.stranger-seen")), List.of());
    }
    return step(seen, List.of());
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    List<Finding> findings = new ArrayList<>();
    State next = state;
    Opening opening = next.opening();
    ForcedOpening forced = null;
    if (opening != null
        && opening.judgement() == Opening.Judgement.PENDING
        && !now.isBefore(judgeAt(opening, state))) {
      next = judged(key, now, next, opening, findings);
      opening = next.opening();
      forced = forced(key, now, opening);
    }
    if (opening != null
        && opening.closedAt() != null
        && opening.judgement() != Opening.Judgement.PENDING
        && !now.isBefore(opening.closedAt().plus(settings.debounce()))) {
      close(key, opening, "door-forced.closed", latest(opening.closedAt(), judgeAt(opening, state)))
          .ifPresent(findings::add);
      next = next.opening(null);
    }
    Step<State> step = step(next, findings);
    return forced == null ? step : step.derive(forced);
  }

  private static @Nullable ForcedOpening forced(
      String key, Instant now, @Nullable Opening opening) {
    if (opening == null || opening.judgement() != Opening.Judgement.FORCED) {
      return null;
    }
    DoorKey door = DoorKey.parse(key);
    return new ForcedOpening(door.community(), door.place(), now, opening.contact());
  }

  private Step<State> opened(DoorEvent door, State state) {
    List<Finding> findings = new ArrayList<>();
    Opening before = state.opening();
    if (before != null) {
      boolean lostSight =
          !state.devices().sawSince(before.contact().device(), before.contact().time());
      if (!lostSight) {
        return step(state.opening(before.closedBy(null, null)), findings);
      }
      String key = door.community() + '/' + door.place().id();
      close(key, before, "door-forced.lost-sight", door.time()).ifPresent(findings::add);
    }
    Opening opening =
        new Opening(
            Evidence.of(door, "door-forced.contact-opened"),
            door.place().zone().getId(),
            door.origin().buffered(),
            canBeJudged(door, state) ? Opening.Judgement.PENDING : Opening.Judgement.INNOCENT,
            null,
            null);
    return step(state.opening(opening), findings);
  }

  private boolean canBeJudged(DoorEvent door, State state) {
    boolean leavingReported =
        door.place().door().requestToExit()
            || state.releases().leavingSeenSince(door.time().minus(settings.leavingReportedFor()));
    return leavingReported && !door.place().door().mechanicalKey();
  }

  private static State closing(DoorEvent door, State state) {
    Opening opening = state.opening();
    return opening == null || opening.closedAt() != null
        ? state
        : state.opening(opening.closedBy(door.id(), door.time()));
  }

  private State judged(
      String key, Instant now, State state, Opening opening, List<Finding> findings) {
    Instant from =
        opening
            .contact()
            .time()
            .minus(settings.unlockBefore())
            .minus(state.telling(settings).clocksApart(settings.clocksApart()));
    String keeps = opening.kept() ? opening.contact().device() : "";
    boolean innocent =
        state.releases().since(from, settings.fireReleaseHolds())
            || state.permits().cover(opening.contact().time())
            || !state.telling(settings).allSawSince(from, keeps);
    if (innocent) {
      return state.opening(opening.judged(Opening.Judgement.INNOCENT));
    }
    Instant openedAt = opening.contact().time();
    ForcedDays days = state.days().plus(openedAt, opening.zone());
    List<Alarm> alarms = new ArrayList<>(state.alarms());
    alarms.add(new Alarm(opening.contact().eventId(), openedAt, now));
    if (alarms.size() > ALARMS) {
      alarms.remove(0);
    }
    State next =
        state.opening(opening.judged(Opening.Judgement.FORCED)).forced(days, List.copyOf(alarms));
    findings.add(finding(key, now, next, opening));
    return next;
  }

  private Finding finding(String key, Instant now, State state, Opening opening) {
    DoorKey door = DoorKey.parse(key);
    Instant openedAt = opening.contact().time();
    boolean atNight = night.contain(openedAt, opening.zone());
    Evidence stranger = strangerAround(now, state);
    int recent =
        state
            .days()
            .nuisance(openedAt, opening.zone(), settings.nuisancePerDay(), settings.nuisanceDays());
    Severity severity = atNight ? Severity.P1 : Severity.P2;
    if (recent > 0 && !(atNight && stranger != null)) {
      severity = severity.lowered().lowered();
    }
    Finding.Builder finding =
        Finding.evidence(
                episode(door, opening.contact().eventId()),
                opening.contact().eventId(),
                door.community(),
                door.place(),
                now)
            .since(openedAt)
            .subject("door", door.place(), "door")
            .severity(severity)
            .to(Audience.PROPERTY)
            .explanation(
                recent > 0
                    ? "door-forced.nuisance"
                    : atNight ? "door-forced.opened-at-night" : "door-forced.opened")
            .value("time", CLOCK.format(openedAt.atZone(opening.zone())))
            .value("before", settings.unlockBefore().toSeconds())
            .value("after", settings.unlockAfter().toSeconds())
            .value("count", recent)
            .value("days", settings.nuisanceDays())
            .stoppedBy("door-forced.release-in-time")
            .evidence(state.releases().evidence());
    if (stranger != null) {
      finding.evidence(stranger);
    }
    return finding
        .evidence(opening.contact())
        .score(4.0 / (5 + recent))
        .coverage(state.telling(settings).coverage(now, settings.wellFor()))
        .build();
  }

  private @Nullable Evidence strangerAround(Instant now, State state) {
    Evidence stranger = state.stranger();
    return stranger != null && !stranger.time().isBefore(now.minus(settings.strangerWithin()))
        ? stranger
        : null;
  }

  private boolean isStranger(FaceCapture face) {
    return face.person() == null
        && face.localSubject() != null
        && face.quality() >= settings.strangerQuality();
  }

  private Step<State> explained(String key, Permit permit, State state) {
    DoorKey door = DoorKey.parse(key);
    DoorPermits permits = state.permits().with(permit);
    List<Finding> findings = new ArrayList<>();
    List<Alarm> left = new ArrayList<>();
    ForcedDays days = state.days();
    Opening opening = state.opening();
    for (Alarm alarm : state.alarms()) {
      if (!permits.cover(alarm.openedAt())) {
        left.add(alarm);
        continue;
      }
      findings.add(
          Finding.retract(
              episode(door, alarm.trigger()),
              alarm.trigger(),
              door.community(),
              door.place(),
              permit.time(),
              "door-forced.permit"));
      days = days.minus(alarm.openedAt());
      if (opening != null && opening.contact().eventId().equals(alarm.trigger())) {
        opening = opening.judged(Opening.Judgement.INNOCENT);
      }
    }
    return step(state.permits(permits).opening(opening).forced(days, List.copyOf(left)), findings);
  }

  private Optional<Finding> close(String key, Opening opening, String code, Instant at) {
    if (opening.judgement() != Opening.Judgement.FORCED) {
      return Optional.empty();
    }
    DoorKey door = DoorKey.parse(key);
    String trigger = opening.closed() == null ? opening.contact().eventId() : opening.closed();
    return Optional.of(
        Finding.close(
            episode(door, opening.contact().eventId()),
            trigger,
            door.community(),
            door.place(),
            at,
            code));
  }

  /** Each opening has its own, so that each can be taken back. */
  private static String episode(DoorKey door, String opened) {
    return door.place() + '/' + opened;
  }

  private Step<State> step(State state, List<Finding> findings) {
    return Step.keep(state).findings(findings).wakeAt(nextWake(state));
  }

  private @Nullable Instant nextWake(State state) {
    Opening opening = state.opening();
    if (opening == null) {
      return null;
    }
    if (opening.judgement() == Opening.Judgement.PENDING) {
      return judgeAt(opening, state);
    }
    return opening.closedAt() == null ? null : opening.closedAt().plus(settings.debounce());
  }

  /** A release may be reported late, and by a clock that is ahead. */
  private Instant judgeAt(Opening opening, State state) {
    return opening
        .contact()
        .time()
        .plus(settings.unlockAfter())
        .plus(state.telling(settings).clocksApart(settings.clocksApart()));
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
