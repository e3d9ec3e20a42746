package gatehouse.model.tailgate;

import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.DeviceHealth;
import gatehouse.model.HouseholdEntry;
import gatehouse.model.UnitEntry;
import gatehouse.model.clock.TrueOrder;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.DoorKey;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.door.DoorReleases;
import gatehouse.model.door.JudgedDevices;
import gatehouse.registry.Permit;
import gatehouse.site.Device;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One step of a door. */
public final class TailgatedDoor {

  private static final DoorReleases.Roles ROLES =
      new DoorReleases.Roles("tailgating.grant", "tailgating.grant", "tailgating.grant");
  private static final Duration WEEK = Duration.ofDays(7);

  private final TailgatingSettings settings;
  private final Judge judge;
  private final DoorDays.Rules rules;
  private final TailgatingFindings words;

  private final DoorKey door;
  private final Instant hostNow;
  private final List<Finding> findings = new ArrayList<>();
  private DeviceWatch devices;
  private JudgedDevices sight;
  private DoorReleases releases;
  private DoorPermits permits;
  private TrueOrder order;
  private Instant now;
  private Recent recent;
  private List<Household> households;
  private boolean doorOpen;
  private @Nullable Cycle cycle;
  private DoorDays days;
  private String timeZone;
  private @Nullable Instant habitAt;
  private List<Instant> strangers;
  private List<TailgatingState.Told> told;

  /** A step of this door in the host's time. */
  public TailgatedDoor(
      String key, Instant hostNow, TailgatingState state, TailgatingSettings settings) {
    this.settings = settings;
    this.judge = settings.judge();
    this.rules = settings.rules();
    this.words = new TailgatingFindings(DoorKey.parse(key), settings);
    this.door = DoorKey.parse(key);
    this.hostNow = hostNow;
    this.devices = state.devices();
    this.sight = state.sight();
    this.releases = state.releases();
    this.permits = state.permits();
    this.order = state.order();
    this.now = order.reached() == null ? order.trueTime(hostNow) : order.reached();
    this.recent = state.recent();
    this.households = state.households();
    this.doorOpen = state.doorOpen();
    this.cycle = state.cycle();
    this.days = state.days();
    this.timeZone = state.timeZone();
    this.habitAt = state.habitAt();
    this.strangers = state.strangers();
    this.told = state.told();
  }

  /** What is kept, what was found, and when to go on. */
  public Step<TailgatingState> step() {
    TailgatingState state =
        new TailgatingState(
            devices,
            sight,
            releases,
            permits,
            order,
            recent,
            households,
            doorOpen,
            cycle,
            days,
            timeZone,
            habitAt,
            strangers,
            told);
    return Step.keep(state).findings(findings).wakeAt(nextWake());
  }

  /** What may change the order of events, or has to wait for its turn. */
  public void comes(Fact fact) {
    if (fact instanceof DeviceHealth health) {
      order = order.after(health);
    } else if (fact instanceof Device device && !device.active()) {
      order = order.without(device.id());
    } else if (fact instanceof DeviceEvent event) {
      order = order.after(event);
    }
  }

  /** Shows the events whose turn it is, and lets time pass. */
  public void catchUp() {
    List<DeviceEvent> due = order.due(hostNow);
    Instant until = order.trueTime(hostNow);
    for (DeviceEvent event : due) {
      now = event.time().isAfter(now) ? event.time() : now;
      timePassed();
      devices = devices.after(event);
      releases = releases.after(event, ROLES);
      happened(event);
    }
    order = order.shown(due, hostNow);
    now = until.isAfter(now) ? until : now;
    timePassed();
  }

  /** What is due before the next fact. */
  private void timePassed() {
    strangers = strangers.stream().filter(at -> at.plus(WEEK).isAfter(now)).toList();
    told = told.stream().filter(one -> one.cycle().from().plus(WEEK).isAfter(now)).toList();
    Cycle open = cycle;
    if (open != null && !open.judged() && !now.isBefore(judgeAt(open))) {
      judge(open);
      open = cycle;
    }
    if (open != null && !now.isBefore(end(open))) {
      ended(open);
    }
    Instant dayEnd = days.dayEnd();
    if (dayEnd != null && !now.isBefore(dayEnd)) {
      dayEnded();
    }
  }

  /** What is known at once: registry, permits, health. */
  public void seen(Fact fact) {
    if (fact instanceof UnitEntry entry) {
      Household before = household(entry.use());
      known(before.heldBy(entry.person()));
    } else if (fact instanceof HouseholdEntry entry) {
      Household before = household(entry.use());
      known(before.living(entry.members(), entry.passes()));
      corrected(entry);
    } else if (fact instanceof Permit permit) {
      permits = permits.with(permit);
      takeBack(one -> permits.cover(one.cycle().from()), "tailgating.permit");
    } else if (fact instanceof Device device && !device.active()) {
      devices = devices.without(device.id());
      sight = sight.without(device.id());
    } else if (fact instanceof DeviceHealth health) {
      sight = sight.with(health);
    }
  }

  private void happened(DeviceEvent event) {
    if (event instanceof AccessEvent access && access.passed()) {
      granted(access);
    } else if (event instanceof DoorEvent change) {
      changed(change);
    } else if (event instanceof TrackSighting track) {
      passed(track);
    } else if (event instanceof FaceCapture face && face.direction() != Direction.OUT) {
      faced(face);
    }
  }

  private void granted(AccessEvent access) {
    if (access.direction() == Direction.OUT) {
      leaves();
      return;
    }
    boolean unknownNumber =
        access.credentialType() == CredentialType.REMOTE
            || releases.lasting(now, settings.fireReleaseHolds());
    Grant grant =
        new Grant(Evidence.of(access, "tailgating.grant"), access.credential(), access.person());
    Cycle open = cycle;
    if (open != null && goesOn(open)) {
      cycle = open.plus(grant, unknownNumber, settings.rebadge());
      return;
    } else if (open != null) {
      List<Crossing> early = open.surplusSince(now.minus(settings.passedBefore()));
      early.forEach(crossing -> recent = recent.plus(crossing));
      ended(early.isEmpty() ? open : open.without(early));
    }
    timeZone = access.place().zone().getId();
    cycle =
        recent.join(
            Cycle.begin(area(access.place()), grant, doorOpen, unknownNumber),
            now.minus(settings.passedBefore()),
            now.minus(settings.seenBefore()));
    recent = Recent.NONE;
  }

  /** At a turnstile one opening ends with the next grant, once somebody passed for each. */
  private boolean goesOn(Cycle open) {
    boolean turnstile = open.zone().strict() && !open.zone().contact();
    return turnstile ? open.persons() < open.grants().size() : open.closedAt() == null;
  }

  private void leaves() {
    if (cycle == null) {
      recent = recent.plus(now);
    } else {
      cycle = cycle.leaving(0, 1, 0, false);
    }
  }

  private void changed(DoorEvent event) {
    switch (event.change()) {
      case OPENED -> {
        doorOpen = true;
        cycle = cycle == null ? null : cycle.contact(null);
      }
      case CLOSED -> {
        doorOpen = false;
        cycle = cycle == null ? null : cycle.contact(now);
      }
      case REQUEST_TO_EXIT -> leaves();
      case REMOTE_RELEASE, KEY_RELEASE ->
          cycle = cycle == null ? null : cycle.leaving(0, 0, 0, true);
      default -> {}
    }
  }

  private void passed(TrackSighting track) {
    boolean aid =
        track.kind() == TrackSighting.Kind.PRAM || track.kind() == TrackSighting.Kind.WHEELCHAIR;
    if (aid) {
      cycle = cycle == null ? null : cycle.leaving(0, 0, 1, false);
    } else if (track.kind() == TrackSighting.Kind.PERSON
        && track.confidence() >= settings.trackConfidence()) {
      if (track.direction() == Direction.OUT) {
        cycle = cycle == null ? null : cycle.leaving(1, 0, 0, false);
      } else if (track.direction() == Direction.IN) {
        Crossing crossing =
            new Crossing(
                Evidence.of(track, "tailgating.passed"),
                track.track(),
                Math.max(1, track.count()),
                track.confidence());
        if (cycle == null) {
          recent = recent.plus(crossing);
        } else {
          cycle = cycle.plus(crossing);
        }
      }
    }
  }

  private void faced(FaceCapture capture) {
    Face face = face(capture);
    if (face == null) {
      return;
    }
    if (cycle == null) {
      recent = recent.plus(face);
    } else {
      cycle = cycle.plus(face);
    }
  }

  private @Nullable Face face(FaceCapture capture) {
    String person = capture.person();
    if (person != null) {
      return new Face(Evidence.of(capture, "tailgating.known"), true, person);
    }
    String stranger = capture.localSubject();
    boolean clear =
        capture.quality() >= settings.faceQuality() && !Boolean.FALSE.equals(capture.live());
    return stranger != null && clear
        ? new Face(Evidence.of(capture, "tailgating.stranger"), false, stranger)
        : null;
  }

  private Household household(String use) {
    return households.stream()
        .filter(known -> known.use().equals(use))
        .findFirst()
        .orElse(new Household(use, now, null, List.of(), 0));
  }

  private void known(Household household) {
    List<Household> next = new ArrayList<>(households);
    next.removeIf(old -> old.use().equals(household.use()));
    next.add(household);
    households =
        List.copyOf(
            next.subList(Math.max(0, next.size() - TailgatingState.HOUSEHOLDS), next.size()));
  }

  /** What became known later of a use may explain an alert. */
  private void corrected(HouseholdEntry entry) {
    List<TailgatingState.Told> next = new ArrayList<>();
    for (TailgatingState.Told one : told) {
      List<Household> better =
          one.households().stream()
              .map(
                  known ->
                      known.use().equals(entry.use())
                          ? known.living(entry.members(), entry.passes())
                          : known)
              .toList();
      next.add(new TailgatingState.Told(one.cycle(), one.trigger(), better));
    }
    told = List.copyOf(next);
    takeBack(
        one -> !judge.verdict(one.cycle(), one.households()).kind().alerts(),
        "tailgating.expected");
  }

  private void takeBack(Predicate<TailgatingState.Told> explained, String why) {
    List<TailgatingState.Told> left = new ArrayList<>();
    for (TailgatingState.Told one : told) {
      if (!explained.test(one)) {
        left.add(one);
        continue;
      }
      findings.add(
          Finding.retract(
              words.episode(one.cycle()),
              one.trigger(),
              door.community(),
              door.place(),
              hostNow,
              why));
    }
    told = List.copyOf(left);
  }

  /** Whether something else than a grant let people in, or somebody may have been missed. */
  private boolean cannotBeJudged(Cycle open) {
    return open.open()
        || releases.lasting(now, settings.fireReleaseHolds())
        || permits.cover(open.from())
        || !devices.allSawSince(open.from())
        || !sight.allSawSince(open.from())
        || !order.known(settings.clockSigmas(), settings.clockTolerance());
  }

  private List<Household> ofCycle(Cycle open) {
    return open.grants().stream()
        .map(grant -> household(grant.use().eventId()))
        .filter(known -> known.holder() != null || !known.members().isEmpty() || known.passes() > 0)
        .toList();
  }

  private void judge(Cycle open) {
    cycle = open.judged(false);
    if (cannotBeJudged(open)) {
      return;
    }
    List<Household> of = ofCycle(open);
    Verdict verdict = judge.verdict(open, of);
    if (!verdict.kind().alerts() || open.told()) {
      return;
    }
    if (verdict.kind() == Verdict.Kind.STRANGER) {
      List<Instant> next = new ArrayList<>(strangers);
      next.add(open.from());
      strangers =
          List.copyOf(
              next.subList(Math.max(0, next.size() - TailgatingState.STRANGERS), next.size()));
      if (strangers.size() > settings.strangersPerWeek()) {
        return;
      }
    }
    cycle = open.judged(true);
    Finding finding = words.tailgated(open, verdict, days, coverage(), hostNow);
    findings.add(finding);
    List<TailgatingState.Told> next = new ArrayList<>(told);
    next.add(new TailgatingState.Told(open, finding.trigger(), unknownToo(open, of)));
    told = List.copyOf(next.subList(Math.max(0, next.size() - TailgatingState.TOLD), next.size()));
  }

  /** Uses of which nothing is known may become known. */
  private List<Household> unknownToo(Cycle open, List<Household> known) {
    List<Household> all = new ArrayList<>(known);
    for (Grant grant : open.grants()) {
      if (known.stream().noneMatch(one -> one.use().equals(grant.use().eventId()))) {
        all.add(household(grant.use().eventId()));
      }
    }
    return List.copyOf(all);
  }

  /** The opening is over: the door learns from it. */
  private void ended(Cycle open) {
    if (!open.judged()) {
      judge(open);
    }
    cycle = null;
    if (cannotBeJudged(open) || open.crossings().isEmpty()) {
      return;
    }
    Verdict verdict = judge.verdict(open, ofCycle(open));
    boolean tooMany = verdict.kind() != Verdict.Kind.CLEAN;
    days =
        days.plus(
            open.from(),
            ZoneId.of(open.zone().timeZone()),
            tooMany ? TailgatingFindings.follower(open, verdict) : null);
  }

  private void dayEnded() {
    int count = days.excessCount();
    int openings = days.count();
    double expected = days.expected(rules);
    days = days.ended(rules);
    double rise = days.rise().up();
    boolean lately = habitAt != null && habitAt.plus(settings.habitEvery()).isAfter(now);
    if (rise <= settings.alarm() || days.examples().isEmpty()) {
      return;
    }
    if (!lately) {
      habitAt = now;
      findings.add(
          words.habitual(
              days.examples(),
              new TailgatingFindings.Habit(count, openings, expected, rise),
              coverage(),
              hostNow));
    }
    days = days.told();
  }

  private Instant judgeAt(Cycle open) {
    Instant settled = open.active().plus(settings.settle());
    Instant end = end(open);
    return settled.isBefore(end) ? settled : end;
  }

  private Instant end(Cycle open) {
    Instant latest = open.from().plus(settings.cycleMax());
    Instant closed = open.closedAt();
    Instant end =
        closed != null
            ? closed.plus(settings.afterClose())
            : open.zone().contact() ? latest : open.active().plus(settings.settle());
    return end.isBefore(latest) ? end : latest;
  }

  private @Nullable Instant nextWake() {
    Cycle open = cycle;
    List<Instant> times = new ArrayList<>();
    if (open != null) {
      times.add(open.judged() ? end(open) : judgeAt(open));
    }
    Stream.of(days.dayEnd()).filter(time -> time != null).forEach(times::add);
    told.forEach(one -> times.add(one.cycle().from().plus(WEEK)));
    return Stream.concat(times.stream().map(order::hostTime), Stream.ofNullable(order.nextTurn()))
        .min(Instant::compareTo)
        .orElse(null);
  }

  private Coverage coverage() {
    return devices.coverage(now, settings.wellFor());
  }

  private static Cycle.Area area(Place place) {
    List<Zone> inside = place.after(Direction.IN);
    boolean strict =
        place.kind() == Place.Kind.TURNSTILE || inside.stream().anyMatch(Zone::noTailgating);
    int sensitivity = inside.stream().mapToInt(Zone::sensitivity).max().orElse(0);
    return new Cycle.Area(place.zone().getId(), strict, sensitivity, place.door().contact());
  }
}
