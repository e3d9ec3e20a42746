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
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.clock.TrueOrder;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.DoorKey;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.door.DoorReleases;
import gatehouse.model.door.JudgedDevices;
import gatehouse.model.tailgate.Crossing;
import gatehouse.model.tailgate.Cycle;
import gatehouse.model.tailgate.DoorDays;
import gatehouse.model.tailgate.Face;
import gatehouse.model.tailgate.Grant;
import gatehouse.model.tailgate.Household;
import gatehouse.model.tailgate.Judge;
import gatehouse.model.tailgate.Recent;
import gatehouse.model.tailgate.Verdict;
import gatehouse.registry.Permit;
import gatehouse.site.Device;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * More persons passed inward than were let in (尾随).
 *
 * <p>An opening begins with a grant and lasts until the door has closed, or nobody passes any more,
 * at most {@code cycleMax}; {@link Judge} says whether it adds up. At turnstiles and into areas
 * where nobody may slip through, each opening that does not is an alert. At ordinary doors an
 * opening is an alert only if a follower has evidence of their own: a stranger's face that nothing
 * explains, or two too many seen clearly. All other excess only counts for the door: when there is
 * lastingly more of it than the door's own usual share (CUSUM on the daily count), the door is
 * habitually tailgated; told once in {@code habitEvery}.
 *
 * <p>Nothing is concluded of an opening during a scheduled or fire release or a permit, of one
 * opened remotely or with a key (how many were let in is not known), and when a device of the door
 * was blind. The devices' events are taken in their {@link TrueOrder}; nothing is concluded while a
 * clock is known no better than {@code clockTolerance}. A visitor's pass or permit that is recorded
 * later takes an alert back.
 *
 * <p>Score: with e the door's share of openings with too many, p the share of openings that are
 * tailgated, c the camera's confidence and n too many, p c / (p c + (1 − p) eⁿ); a stranger's face
 * counts like one more. Source of e's prior: vendors of people counters claim 1.5 to 3 % errors.
 */
public final class Tailgating implements AnalysisModel<Fact, Tailgating.State> {

  private static final DoorReleases.Roles ROLES =
      new DoorReleases.Roles("tailgating.grant", "tailgating.grant", "tailgating.grant");
  private static final int HOUSEHOLDS = 12;
  private static final int TOLD = 4;
  private static final int STRANGERS = 16;
  private static final Duration WEEK = Duration.ofDays(7);

  private final Settings settings;
  private final Judge judge;
  private final DoorDays.Rules rules;

  /** The model with these settings. */
  public Tailgating(Settings settings) {
    this.settings = settings;
    this.judge =
        new Judge(
            settings.gapMin(),
            settings.gapMax(),
            settings.multiConfidence(),
            settings.companions(),
            settings.visitorsPerPass());
    this.rules =
        new DoorDays.Rules(
            settings.priorExcess(),
            settings.priorClean(),
            settings.halfLife(),
            settings.increase(),
            settings.dispersion(),
            settings.learnDays());
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "passages closer than this are one person", max = 10) Duration gapMin,
      @Setting(value = "who passes later than this is no follower", max = 60) Duration gapMax,
      @Setting(value = "least confidence of a passage that counts", unit = "share", max = 1)
          double trackConfidence,
      @Setting(
              value = "least confidence at which two too many are an alert",
              unit = "share",
              max = 1)
          double multiConfidence,
      @Setting(value = "least quality of a stranger's face", unit = "share", max = 1)
          double faceQuality,
      @Setting(value = "an opening lasts at most this long", min = 1, max = 600) Duration cycleMax,
      @Setting(value = "an opening ends this long after the door closed", max = 60)
          Duration afterClose,
      @Setting(value = "an opening is judged when nothing happened for this time", max = 60)
          Duration settle,
      @Setting(value = "a passage this long before the grant belongs to it", max = 60)
          Duration passedBefore,
      @Setting(value = "a face or exit request this long before the grant belongs to it", max = 60)
          Duration seenBefore,
      @Setting(value = "the same credential again within this time is one use", max = 60)
          Duration rebadge,
      @Setting(value = "how many may come along if the household is not known", max = 100)
          int companions,
      @Setting(value = "how many visitors a pass stands for", max = 100) int visitorsPerPass,
      @Setting(value = "prior openings with too many", min = 0.01) double priorExcess,
      @Setting(value = "prior openings without", min = 0.01) double priorClean,
      @Setting(value = "after this time an opening counts half", min = 1) Duration halfLife,
      @Setting(value = "the increase of a door's excess that matters", min = 1.01, max = 100)
          double increase,
      @Setting(value = "evidence that makes an increase an alert", unit = "ln odds", max = 100)
          double alarm,
      @Setting(
              value = "variance of a day's count divided by its mean",
              unit = "ratio",
              min = 1.01,
              max = 100)
          double dispersion,
      @Setting(value = "so many days are only learned from", max = 365) int learnDays,
      @Setting(value = "a habitually tailgated door is told again after this time", min = 1)
          Duration habitEvery,
      @Setting(
              value = "a door with more strangers a week than this is told of as a whole only",
              min = 1,
              max = STRANGERS)
          int strangersPerWeek,
      @Setting(value = "share of openings that are tailgated", unit = "share", max = 1)
          double tailgated,
      @Setting(value = "true times known no better than this make the order unknown", max = 3600)
          Duration clockTolerance,
      @Setting(value = "so many standard deviations of a clock are how well it is known", max = 10)
          double clockSigmas,
      @Setting(value = "a fire release holds this long unless the door locks", max = 86_400)
          Duration fireReleaseHolds,
      @Setting(value = "a device's word that it is well counts this long", max = 86_400)
          Duration wellFor)
      implements gatehouse.analysis.Settings {

    /** The values of the specification. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofMillis(300),
            Duration.ofSeconds(4),
            0.8,
            0.9,
            0.6,
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            3,
            2,
            2,
            98,
            Duration.ofDays(28),
            1.5,
            7,
            2,
            14,
            Duration.ofDays(7),
            5,
            0.02,
            Duration.ofSeconds(2),
            2,
            Duration.ofHours(2),
            Duration.ofMinutes(15));
  }

  /**
   * What is kept of a door.
   *
   * @param devices whether its devices could see everything, as they say
   * @param sight the same, as device-health says
   * @param releases what lets it stand open
   * @param permits what explains openings
   * @param order what its devices reported, in its true order
   * @param recent what may belong to the next opening
   * @param households what is known of the newest uses, at most {@value #HOUSEHOLDS}
   * @param doorOpen whether the contact reported open last
   * @param cycle the opening under way; null: none
   * @param days how often more pass than were let in
   * @param timeZone of the door; empty: not known yet
   * @param habitAt when the door was last told to be habitually tailgated
   * @param strangers when strangers followed, of the last week, at most {@value #STRANGERS}
   * @param told the newest openings that became an alert, at most {@value #TOLD}
   */
  public record State(
      DeviceWatch devices,
      JudgedDevices sight,
      DoorReleases releases,
      DoorPermits permits,
      TrueOrder order,
      Recent recent,
      List<Household> households,
      boolean doorOpen,
      @Nullable Cycle cycle,
      DoorDays days,
      String timeZone,
      @Nullable Instant habitAt,
      List<Instant> strangers,
      List<Told> told) {

    private static final State NEW =
        new State(
            DeviceWatch.NONE,
            JudgedDevices.NONE,
            DoorReleases.NONE,
            DoorPermits.NONE,
            TrueOrder.NONE,
            Recent.NONE,
            List.of(),
            false,
            null,
            DoorDays.NONE,
            "",
            null,
            List.of(),
            List.of());
  }

  /**
   * An opening that became an alert.
   *
   * @param cycle the opening
   * @param trigger the event that made it one
   * @param households what was known of its uses
   */
  public record Told(Cycle cycle, String trigger, List<Household> households) {}

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "tailgating",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            AccessEvent.class,
            DoorEvent.class,
            TrackSighting.class,
            FaceCapture.class,
            DeviceStatus.class,
            UnitEntry.class,
            HouseholdEntry.class,
            DeviceHealth.class,
            Device.class,
            Permit.class),
        State.class,
        Settings.DEFAULTS,
        Tailgating::new,
        EpisodePolicy.DEFAULT,
        new ModelCard(
            "Tailgating",
            "尾随进入",
            "More persons pass inward than were let in: each time at turnstiles and into"
                + " anti-tailgating areas; at other doors when a stranger follows or several do, or"
                + " when it happens lastingly more often than usual there.",
            List.of(Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "Families on one card: the household's members, and persons the device knows, are"
                    + " no followers; where the household is not known, three may come along",
                "Visitors with their host: visitor's passes of the unit that hold at the time, also"
                    + " when recorded afterwards",
                "Prams and wheelchairs: one person each needs no grant",
                "People leaving while one enters: where somebody asked to leave and nobody was seen"
                    + " to, one passage may have the wrong direction",
                "Somebody steps back and comes in again: into a turnstile or anti-tailgating area, who"
                    + " goes out without asking to leave is one of those who came in",
                "Broken tracks and counting errors: passages within 0.3 s are one person; the"
                    + " door's own share of errors is learned",
                "A door where strangers often follow (children without enrolled faces, guests):"
                    + " told of as a whole only",
                "A reader that was offline, or a clock of which nobody knows how far it is off: no"
                    + " conclusion"),
            "models-spec, tailgating; NB-CUSUM on the daily count; counters' error rates as vendors"
                + " claim them"),
        TailgatingExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof UnitEntry entry) {
      return DoorKey.at(entry.community(), entry.place());
    } else if (fact instanceof HouseholdEntry entry) {
      return DoorKey.at(entry.community(), entry.place());
    } else if (fact instanceof DeviceHealth health) {
      return DoorKey.at(health.community(), health.place().id());
    }
    return fact instanceof DeviceEvent event && !isForPersons(event.place())
        ? List.of()
        : DoorKey.of(fact, DoorPermits.DOOR_MAY_STAND_OPEN);
  }

  private static boolean isForPersons(Place place) {
    return switch (place.kind()) {
      case DOOR, TURNSTILE, FACE_CHECKPOINT, OTHER -> true;
      case VEHICLE_GATE, LIFT, POLE, CAMERA, ROOM -> false;
    };
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    Passing passing = new Passing(key, fact.time(), before == null ? State.NEW : before);
    passing.comes(fact);
    passing.catchUp();
    passing.seen(fact);
    return passing.step();
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    Passing passing = new Passing(key, now, state);
    passing.catchUp();
    return passing.step();
  }

  /** One step of a door. */
  private final class Passing {

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
    private List<Told> told;

    Passing(String key, Instant hostNow, State state) {
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

    Step<State> step() {
      State state =
          new State(
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
    void comes(Fact fact) {
      if (fact instanceof DeviceHealth health) {
        order = order.after(health);
      } else if (fact instanceof Device device && !device.active()) {
        order = order.without(device.id());
      } else if (fact instanceof DeviceEvent event) {
        order = order.after(event);
      }
    }

    /** Shows the events whose turn it is, and lets time pass. */
    void catchUp() {
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

    void seen(Fact fact) {
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
      households = List.copyOf(next.subList(Math.max(0, next.size() - HOUSEHOLDS), next.size()));
    }

    /** What became known later of a use may explain an alert. */
    private void corrected(HouseholdEntry entry) {
      List<Told> next = new ArrayList<>();
      for (Told one : told) {
        List<Household> better =
            one.households().stream()
                .map(
                    known ->
                        known.use().equals(entry.use())
                            ? known.living(entry.members(), entry.passes())
                            : known)
                .toList();
        next.add(new Told(one.cycle(), one.trigger(), better));
      }
      told = List.copyOf(next);
      takeBack(
          one -> !judge.verdict(one.cycle(), one.households()).kind().alerts(),
          "tailgating.expected");
    }

    private void takeBack(Predicate<Told> explained, String why) {
      List<Told> left = new ArrayList<>();
      for (Told one : told) {
        if (!explained.test(one)) {
          left.add(one);
          continue;
        }
        findings.add(
            Finding.retract(
                episode(one.cycle()), one.trigger(), door.community(), door.place(), hostNow, why));
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
          .filter(
              known -> known.holder() != null || !known.members().isEmpty() || known.passes() > 0)
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
        strangers = List.copyOf(next.subList(Math.max(0, next.size() - STRANGERS), next.size()));
        if (strangers.size() > settings.strangersPerWeek()) {
          return;
        }
      }
      cycle = open.judged(true);
      Finding finding = finding(open, verdict);
      findings.add(finding);
      List<Told> next = new ArrayList<>(told);
      next.add(new Told(open, finding.trigger(), unknownToo(open, of)));
      told = List.copyOf(next.subList(Math.max(0, next.size() - TOLD), next.size()));
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
              tooMany ? follower(open, verdict) : null);
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
        findings.add(habitual(count, openings, expected, rise));
      }
      days = days.told();
    }

    private Finding habitual(int count, int openings, double expected, double rise) {
      List<Evidence> examples = days.examples();
      return Finding.evidence(
              "habit/" + door.place(),
              examples.get(examples.size() - 1).eventId(),
              door.community(),
              door.place(),
              hostNow)
          .since(examples.get(0).time())
          .subject("door", door.place(), "door")
          .severity(Severity.P3)
          .to(Audience.PROPERTY)
          .explanation("tailgating.habitual")
          .value("count", count)
          .value("openings", openings)
          .value("expected", Math.round(expected))
          .stoppedBy("tailgating.one-by-one")
          .evidence(examples)
          .score(1 / (1 + Math.exp(settings.alarm() - rise)))
          .coverage(devices.coverage(now, settings.wellFor()))
          .build();
    }

    private Finding finding(Cycle open, Verdict verdict) {
      Evidence follower = follower(open, verdict);
      Finding.Builder finding =
          Finding.evidence(episode(open), follower.eventId(), door.community(), door.place(), hostNow)
              .since(open.from())
              .severity(open.zone().sensitivity() >= 2 ? Severity.P2 : Severity.P3)
              .to(Audience.PROPERTY)
              .explanation(code(verdict.kind()))
              .value("persons", verdict.persons())
              .value("authorised", verdict.authorised())
              .value("excess", verdict.excess())
              .stoppedBy(open.zone().strict() ? "tailgating.own-grant" : "tailgating.grant-or-pass")
              .score(score(open, verdict))
              .coverage(devices.coverage(now, settings.wellFor()));
      for (Face face : verdict.strangers()) {
        finding.subject("local-subject", face.subject(), "follower").evidence(face.seen());
      }
      finding.subject("door", door.place(), "door");
      Set<String> credentials = new LinkedHashSet<>();
      for (Grant grant : open.grants()) {
        finding.evidence(grant.use());
        if (!grant.credential().isEmpty() && credentials.add(grant.credential())) {
          finding.subject("credential", grant.credential(), "opened-by");
        }
      }
      for (Crossing crossing : open.crossings()) {
        boolean after = verdict.followers().contains(crossing.seen());
        finding.evidence(after ? as(crossing.seen(), "tailgating.follower") : crossing.seen());
      }
      return finding.build();
    }

    private Evidence follower(Cycle open, Verdict verdict) {
      List<Evidence> followers = verdict.followers();
      return as(
          followers.isEmpty()
              ? open.crossings().get(open.crossings().size() - 1).seen()
              : followers.get(0),
          "tailgating.follower");
    }

    private double score(Cycle open, Verdict verdict) {
      double share = days.share(open.from(), ZoneId.of(open.zone().timeZone()), rules);
      int evidence =
          Math.max(1, verdict.excess()) + (verdict.kind() == Verdict.Kind.STRANGER ? 1 : 0);
      double meant = settings.tailgated() * verdict.confidence();
      double chance = (1 - settings.tailgated()) * Math.pow(share, evidence);
      return meant / (meant + chance);
    }

    private String episode(Cycle open) {
      return door.place() + '/' + open.grants().get(0).use().eventId();
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
      return Stream.concat(
              times.stream().map(order::hostTime), Stream.ofNullable(order.nextTurn()))
          .min(Instant::compareTo)
          .orElse(null);
    }
  }

  private static Cycle.Area area(Place place) {
    List<Zone> inside = place.after(Direction.IN);
    boolean strict =
        place.kind() == Place.Kind.TURNSTILE || inside.stream().anyMatch(Zone::noTailgating);
    int sensitivity = inside.stream().mapToInt(Zone::sensitivity).max().orElse(0);
    return new Cycle.Area(place.zone().getId(), strict, sensitivity, place.door().contact());
  }

  private static Evidence as(Evidence seen, String role) {
    return new Evidence(
        seen.eventId(), seen.time(), seen.place(), seen.device(), seen.clock(), role);
  }

  private static String code(Verdict.Kind kind) {
    return switch (kind) {
      case STRANGER -> "tailgating.stranger-followed";
      case MANY -> "tailgating.several-followed";
      default -> "tailgating.not-let-in";
    };
  }
}
