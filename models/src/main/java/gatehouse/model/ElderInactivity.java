package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.fact.Fact;
import gatehouse.model.care.Presence;
import gatehouse.model.care.Presence.Where;
import gatehouse.model.care.Routine;
import gatehouse.model.care.SensorSight;
import gatehouse.model.care.SignOfLife;
import gatehouse.model.care.SignOfLife.Kind;
import gatehouse.model.care.Witnesses;
import gatehouse.registry.CareEnrolment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * No sign of life of an enrolled elder for longer than is plausible for them.
 *
 * <p>Silence is measured in operational time ({@link gatehouse.stats.OperationalTime}): hours in
 * which the elder is usually heard count much, hours of sleep little. How long silences usually
 * last is learned from {@code leastGaps} silences and {@code leastHome} at home on; the threshold
 * is the length that chance exceeds once in {@code betweenFalse}: with q = 1 / (silences a day ·
 * days), the q-quantile of a generalised Pareto tail above the 70 % point. At q · {@code preFactor}
 * the family is asked to call (P3), at q to visit (P2), and a silence of {@code cap}, known or not,
 * is P1.
 *
 * <p>Who is out is not silent: after the way out, or after the home's own door was used and nothing
 * moved inside since, the time stops until the next sign; only an absence of {@code notReturned} is
 * told (P3). While somebody else of the home or a guest is in, nothing is concluded. While a device
 * is blind, silence counts only as much as the share of the elder's signs that the others give:
 * with one of two sensors half, with none nothing. While a way out is blind, and as long after as
 * an outing lasts, the elder may have left unseen, and only the longest silence is told.
 *
 * <p>Source: P. Cuddihy et al., Algorithm to Automatically Detect Abnormally Long Periods of
 * Inactivity in a Home, HealthNet 2007; generalised Pareto tail as in {@link
 * gatehouse.stats.DurationSketch}.
 */
public final class ElderInactivity implements AnalysisModel<Fact, ElderInactivity.State> {

  private static final int ENROLMENTS = 8;
  private static final int SIGHTS = 32;
  private static final int COMPANY = 8;
  private static final int TOLD = 8;

  private final Settings settings;

  /** The model with these settings. */
  public ElderInactivity(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(
              value = "share of the silences that makes the tail",
              unit = "share",
              min = 0.05,
              max = 1)
          double tailShare,
      @Setting("silences to know before the threshold is personal") int leastGaps,
      @Setting("time at home to know before that") Duration leastHome,
      @Setting("silences to know before the shape of the tail is personal") int shapeGaps,
      @Setting(value = "shape of the tail until then", min = -0.2, max = 0.5) double usualShape,
      @Setting(value = "one false alert in this time, doors only", min = 1) Duration betweenFalse,
      @Setting(value = "one false alert in this time, with sensors at home", min = 1)
          Duration betweenFalseInHome,
      @Setting(value = "a call is asked for at so many times that chance", min = 1, max = 1000)
          double preFactor,
      @Setting(value = "silence that is always told, doors only", min = 1) Duration cap,
      @Setting(value = "silence that is always told, with sensors at home", min = 1)
          Duration capInHome,
      @Setting(value = "absence that is told", min = 1) Duration notReturned,
      @Setting(value = "an outing is over after what this share of them last", max = 1)
          double outing,
      @Setting("a shorter silence is none") Duration leastGap,
      @Setting(value = "a silence teaches if so much of it was seen", unit = "share", max = 1)
          double leastSeen,
      @Setting("movement inside this soon after the door is still somebody leaving")
          Duration leaving,
      @Setting("a guest who was not seen leaving stays this long at most") Duration companyStays,
      @Setting(value = "after this time a silence counts half", min = 1) Duration halfLife,
      @Setting(value = "how often a call turns out needed", unit = "share", max = 1) double ifCall,
      @Setting(value = "how often a visit turns out needed", unit = "share", max = 1)
          double ifVisit,
      @Setting(value = "how often the longest silence turns out true", unit = "share", max = 1)
          double ifCap)
      implements gatehouse.analysis.Settings {

    /**
     * The values of the specification, but 240 days instead of 60 for doors only, and a call at
     * twice the chance instead of five times: stay-in days come more often than a tail of the
     * ordinary ones says, see the tests on real and on made-up homes.
     */
    public static final Settings DEFAULTS =
        new Settings(
            0.3,
            15,
            Duration.ofDays(3),
            60,
            0.2,
            Duration.ofDays(240),
            Duration.ofDays(30),
            2,
            Duration.ofHours(72),
            Duration.ofHours(48),
            Duration.ofHours(72),
            0.9,
            Duration.ofMinutes(15),
            0.9,
            Duration.ofMinutes(1),
            Duration.ofHours(24),
            Duration.ofDays(28),
            0.2,
            0.3,
            0.6);
  }

  /** How far an alert has gone. */
  public enum Stage {
    CALL,
    VISIT,
    CAP,
    NOT_RETURNED
  }

  /**
   * An alert.
   *
   * @param trigger the last sign before it
   * @param at when it reached its stage
   * @param stage how far it has gone
   */
  public record Told(String trigger, Instant at, Stage stage) {}

  /**
   * What is kept of an elder.
   *
   * @param enrolments in the order of recording, at most {@value #ENROLMENTS}
   * @param sights whether the devices that see the elder saw everything, at most {@value #SIGHTS}
   * @param routine what is usual
   * @param witnesses which devices give the elder's signs
   * @param presence the last sign of life; null: none yet
   * @param company who else is in, and since when, at most {@value #COMPANY}
   * @param open the alert that lasts; null: none
   * @param told alerts that may be taken back, at most {@value #TOLD}
   */
  public record State(
      List<CareEnrolment> enrolments,
      List<SensorSight> sights,
      Routine routine,
      Witnesses witnesses,
      @Nullable Presence presence,
      Map<String, Instant> company,
      @Nullable Told open,
      List<Told> told) {

    private static State startingAt(Instant now) {
      return new State(
          List.of(),
          List.of(),
          Routine.startingAt(now),
          Witnesses.startingAt(now),
          null,
          Map.of(),
          null,
          List.of());
    }

    private State enrolments(List<CareEnrolment> next) {
      return new State(next, sights, routine, witnesses, presence, company, open, told);
    }

    private State sights(List<SensorSight> next) {
      return new State(enrolments, next, routine, witnesses, presence, company, open, told);
    }

    private State routine(Routine next) {
      return new State(enrolments, sights, next, witnesses, presence, company, open, told);
    }

    private State presence(@Nullable Presence next) {
      return new State(enrolments, sights, routine, witnesses, next, company, open, told);
    }

    private State company(Map<String, Instant> next) {
      return new State(enrolments, sights, routine, witnesses, presence, next, open, told);
    }

    private State open(@Nullable Told next) {
      return new State(enrolments, sights, routine, witnesses, presence, company, next, told);
    }

    private State told(List<Told> next) {
      return new State(enrolments, sights, routine, witnesses, presence, company, open, next);
    }

    private State witnesses(Witnesses next) {
      return new State(enrolments, sights, routine, next, presence, company, open, told);
    }

    private boolean blind(String device) {
      return sights.stream().anyMatch(sight -> !sight.sees() && sight.device().equals(device));
    }

    /** How much of the elder's signs would be seen. */
    private double seen() {
      return sights.stream().allMatch(SensorSight::sees) ? 1 : witnesses.shareWithout(this::blind);
    }

    private boolean wayOutBlind() {
      return sights.stream().anyMatch(sight -> !sight.sees() && witnesses.wayOut(sight.device()));
    }
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "elder-inactivity",
        1,
        Ordering.EVENT_TIME,
        Set.of(CareEnrolment.class, SignOfLife.class, SensorSight.class),
        State.class,
        Settings.DEFAULTS,
        ElderInactivity::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Elder not heard of",
            "老人长时间无活动",
            "An enrolled elder gives no sign of life for longer than is plausible for them. From"
                + " doors alone this takes a day or two; with consented sensors at home, hours.",
            List.of(Audience.FAMILY, Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "Days spent in: the threshold is learned from the elder's own silences, with a heavy"
                    + " tail",
                "Sleeping long: hours of sleep count little",
                "Gone out: time stops after the way out, or when the home's door was used and"
                    + " nothing moved since",
                "A trip: the family says that the elder is away, also afterwards",
                "A guest or somebody else of the home is in: nothing is concluded",
                "A dead sensor: silence counts only as much as the others would tell of it",
                "A way out whose reader was dead: no alert until an outing would be over"),
            "Cuddihy et al. 2007 (inactivity of a home), generalised Pareto tail; measured on two"
                + " real homes"),
        CareExample::silence);
  }

  @Override
  public List<String> keys(Fact fact) {
    String person =
        fact instanceof CareEnrolment enrolment
            ? enrolment.person()
            : fact instanceof SignOfLife sign
                ? sign.elder()
                : fact instanceof SensorSight sight ? sight.elder() : null;
    return person == null ? List.of() : List.of(fact.community() + '|' + person);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.startingAt(fact.time()) : settled(before, fact.time());
    List<Finding> findings = new ArrayList<>();
    if (fact instanceof CareEnrolment enrolment) {
      state = enrolled(key, enrolment, state, findings);
    } else if (fact instanceof SensorSight sight) {
      state = sighted(sight, state);
    } else if (fact instanceof SignOfLife sign && enrolment(state, sign.time()) != null) {
      state =
          sign.kind().company()
              ? visited(key, sign, state, findings)
              : alive(key, sign, state, findings);
    }
    return next(fact.time(), state, findings);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State before) {
    List<Finding> findings = new ArrayList<>();
    State state = settled(before, now);
    CareEnrolment enrolment = enrolment(state, now);
    Presence presence = state.presence();
    if (enrolment == null || enrolment.away() || presence == null) {
      return next(now, state, findings);
    }
    Due due = due(state, enrolment, presence);
    if (due != null && !now.isBefore(due.at())) {
      findings.add(found(key, now, due, state, enrolment, presence));
      Told told = new Told(presence.sign().eventId(), now, due.stage());
      state = state.open(told).told(with(state.told(), told));
    }
    return next(now, state, findings);
  }

  /** A sign of life: whatever was feared is over, and there is a silence to learn from. */
  private State alive(String key, SignOfLife sign, State state, List<Finding> findings) {
    boolean watched = watched(state.presence());
    State next = learned(sign.time(), state);
    next = closed(key, sign, "elder-inactivity.alive", next, findings);
    Presence before = next.presence();
    Instant entranceAt = before == null ? null : before.entranceAt();
    if (sign.kind() == Kind.ENTRANCE) {
      entranceAt = sign.time();
    }
    String zone = sign.place().timeZone();
    Presence now =
        Presence.at(
            sign.event(),
            next.seen() >= settings.leastSeen() && next.company().isEmpty(),
            where(sign, before, entranceAt),
            entranceAt,
            zone.isEmpty() && before != null ? before.timeZone() : zone);
    boolean leaving = sign.kind() == Kind.LEFT || sign.kind() == Kind.ENTRANCE;
    Witnesses witnesses =
        next.witnesses().heard(sign.event().device(), leaving, sign.time(), settings.halfLife());
    next = next.witnesses(witnesses);
    Routine routine = next.routine();
    return next.presence(now)
        .routine(watched ? routine.time(routine.time().heard(sign.time(), now.zone())) : routine);
  }

  private Where where(SignOfLife sign, @Nullable Presence before, @Nullable Instant entranceAt) {
    return switch (sign.kind()) {
      case LEFT -> Where.OUT;
      case ENTRANCE -> Where.MAYBE_OUT;
      case CAME -> Where.HOME;
      case INSIDE ->
          entranceAt != null && sign.time().isBefore(entranceAt.plus(settings.leaving()))
              ? Where.MAYBE_OUT
              : Where.HOME;
      default -> before == null ? Where.HOME : before.where();
    };
  }

  /** An hour counts as heard only if the hours of silence around it count as well. */
  private static boolean watched(@Nullable Presence before) {
    return before == null || before.unbroken() || before.where() != Where.HOME;
  }

  private State learned(Instant now, State state) {
    Presence presence = state.presence();
    if (presence == null || !presence.unbroken()) {
      return state;
    }
    Instant from = presence.sign().time();
    Duration lasted = Duration.between(from, now);
    Routine routine = state.routine();
    if (presence.where() != Where.HOME) {
      return lasted.compareTo(settings.leastGap()) < 0
          ? state
          : state.routine(routine.outing(lasted, now, settings.halfLife()));
    }
    if (lasted.compareTo(settings.leastGap()) >= 0) {
      Duration operational = routine.time().between(from, now, presence.zone());
      CareEnrolment enrolment = enrolment(state, now);
      // Somebody may have been lying there: a silence that was told teaches no more than its limit.
      if (enrolment != null && state.open() != null && known(state)) {
        Duration limit = threshold(state, chance(state, enrolment));
        operational = operational.compareTo(limit) > 0 ? limit : operational;
      }
      routine = routine.gap(operational, now, settings.halfLife());
    }
    return state.routine(
        routine.time(routine.time().watched(from, now, presence.zone(), settings.halfLife())));
  }

  /** Somebody else came or left: while they are in, they would see for themselves. */
  private State visited(String key, SignOfLife sign, State state, List<Finding> findings) {
    Map<String, Instant> company = new LinkedHashMap<>(state.company());
    if (sign.kind() == Kind.COMPANY_CAME) {
      company.put(sign.who(), sign.time());
    } else {
      company.remove(sign.who());
    }
    if (company.size() > COMPANY) {
      company.remove(company.keySet().iterator().next());
    }
    Presence presence = state.presence();
    State next = presence == null ? state : state.presence(presence.restarted(sign.time()));
    return closed(key, sign, "elder-inactivity.visited", next.company(company), findings);
  }

  /** Silence counts anew from when a guest is taken to have left, or the elder to be back. */
  private State settled(State state, Instant now) {
    Map<String, Instant> company = new LinkedHashMap<>(state.company());
    Presence presence = state.presence();
    for (Map.Entry<String, Instant> guest : state.company().entrySet()) {
      Instant gone = guest.getValue().plus(settings.companyStays());
      if (!gone.isAfter(now)) {
        company.remove(guest.getKey());
        presence = presence == null ? null : presence.restarted(gone);
      }
    }
    CareEnrolment enrolment = enrolment(state, now);
    if (presence != null && enrolment != null && !enrolment.away()) {
      Instant back = enrolment.entry().validFrom();
      CareEnrolment before = enrolment(state, back.minusMillis(1));
      if (back.isAfter(presence.from()) && (before == null || before.away())) {
        presence = presence.restarted(back);
      }
    }
    return state.company(company).presence(presence);
  }

  private State sighted(SensorSight sight, State state) {
    List<SensorSight> sights = new ArrayList<>(state.sights());
    sights.removeIf(
        old -> old.device().equals(sight.device()) && old.place().equals(sight.place()));
    sights.add(sight);
    if (sights.size() > SIGHTS) {
      sights.remove(0);
    }
    State next = state.sights(List.copyOf(sights));
    Presence presence = state.presence();
    if (presence == null) {
      return next;
    }
    // A device that restarted was blind before, though nobody said so.
    Instant until = sight.sees() ? sight.blindUntil() : null;
    if (until == null || !until.isAfter(presence.from())) {
      return next.presence(counted(state, presence, sight.time(), state.seen()));
    }
    double seen =
        state
            .witnesses()
            .shareWithout(device -> device.equals(sight.device()) || state.blind(device));
    Presence counted = counted(state, presence, until, seen);
    return next.presence(
        state.witnesses().wayOut(sight.device()) ? counted.unseenUntil(until) : counted);
  }

  /** The same with the silence until then counted, so much of which was seen. */
  private Presence counted(State state, Presence presence, Instant until, double seen) {
    return until.isAfter(presence.from())
        ? presence.countedUntil(
            until,
            presence.counted().plus(times(Duration.between(presence.from(), until), seen)),
            operational(state, presence, until, seen),
            presence.unbroken() && seen >= settings.leastSeen())
        : presence;
  }

  private static Duration operational(State state, Presence presence, Instant until, double seen) {
    Duration since = state.routine().time().between(presence.from(), until, presence.zone());
    return presence.operational().plus(times(since, seen));
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }

  /** Consent, and the word that the elder is away, count from when they hold. */
  private static State enrolled(
      String key, CareEnrolment enrolment, State state, List<Finding> findings) {
    State next = state.enrolments(Validity.with(state.enrolments(), enrolment, ENROLMENTS));
    List<Told> left = new ArrayList<>();
    for (Told told : next.told()) {
      CareEnrolment then = enrolment(next, told.at());
      if (then != null && !then.away()) {
        left.add(told);
        continue;
      }
      findings.add(
          Finding.retract(
              episode(key, told.trigger()),
              told.trigger() + '/' + told.stage(),
              enrolment.community(),
              "",
              enrolment.time(),
              then == null ? "elder-inactivity.not-enrolled" : "elder-inactivity.away"));
    }
    Told open = next.open();
    next = next.told(List.copyOf(left)).open(open == null || left.contains(open) ? open : null);
    CareEnrolment now = enrolment(next, enrolment.time());
    boolean over =
        now == null
            && next.enrolments().stream()
                .noneMatch(known -> known.entry().validFrom().isAfter(enrolment.time()));
    if (over) {
      State fresh = State.startingAt(enrolment.time());
      return fresh.enrolments(next.enrolments()).told(next.told());
    }
    Presence presence = next.presence();
    return now == null || presence == null || !(now.away() || changedAway(state, now))
        ? next
        : next.presence(presence.restarted(enrolment.time()));
  }

  private static boolean changedAway(State before, CareEnrolment now) {
    CareEnrolment then = enrolment(before, now.time());
    return then == null || then.away() != now.away();
  }

  private static @Nullable CareEnrolment enrolment(State state, Instant at) {
    return Validity.at(state.enrolments(), at);
  }

  private boolean known(State state) {
    Routine routine = state.routine();
    double homeMillis = routine.time().days() * Duration.ofDays(1).toMillis();
    // Decayed counts of exactly as many silences are a little less than that.
    return routine.gaps().size() > settings.leastGaps() - 1
        && homeMillis >= settings.leastHome().toMillis() * 0.95;
  }

  private double chance(State state, CareEnrolment enrolment) {
    Duration between =
        enrolment.sensors().isEmpty() ? settings.betweenFalse() : settings.betweenFalseInHome();
    double days = (double) between.toMillis() / Duration.ofDays(1).toMillis();
    return Math.min(1, 1 / (state.routine().gapsPerDay() * days));
  }

  private Duration threshold(State state, double chance) {
    return state
        .routine()
        .gaps()
        .quantile(1 - chance, settings.tailShare(), settings.shapeGaps(), settings.usualShape());
  }

  /** When which stage is reached. */
  private record Due(Instant at, Stage stage) {}

  /** The next stage; null: nothing can be concluded, or all is said. */
  private @Nullable Due due(State state, CareEnrolment enrolment, Presence presence) {
    double seen = state.seen();
    if (seen <= 0 || !state.company().isEmpty()) {
      return null;
    }
    Stage reached = state.open() == null ? null : state.open().stage();
    if (presence.where() != Where.HOME) {
      return reached == null
          ? new Due(whenCounted(presence, settings.notReturned(), seen), Stage.NOT_RETURNED)
          : null;
    }
    Due last = new Due(whenCounted(presence, cap(enrolment), seen), Stage.CAP);
    if (reached == Stage.CAP) {
      return null;
    } else if (!known(state) || reached == Stage.VISIT || state.wayOutBlind()) {
      return last;
    }
    double chance = chance(state, enrolment);
    Stage stage = reached == null ? Stage.CALL : Stage.VISIT;
    double share = stage == Stage.CALL ? Math.min(1, chance * settings.preFactor()) : chance;
    Duration left = threshold(state, share).minus(presence.operational());
    Instant at = presence.from();
    if (!left.isNegative()) {
      at = state.routine().time().after(presence.from(), times(left, 1 / seen), presence.zone());
    }
    Instant back = backAgain(state, presence);
    at = back != null && back.isAfter(at) ? back : at;
    return at.isBefore(last.at()) ? new Due(at, stage) : last;
  }

  private static Instant whenCounted(Presence presence, Duration length, double seen) {
    Duration left = length.minus(presence.counted());
    return presence.from().plus(left.isNegative() ? Duration.ZERO : times(left, 1 / seen));
  }

  /** When the elder would be back if they had left unseen; null: they would have been seen. */
  private @Nullable Instant backAgain(State state, Presence presence) {
    Instant until = presence.unseenUntil();
    return until == null ? null : until.plus(state.routine().outings().quantile(settings.outing()));
  }

  private Duration cap(CareEnrolment enrolment) {
    return enrolment.sensors().isEmpty() ? settings.cap() : settings.capInHome();
  }

  private Finding found(
      String key, Instant now, Due due, State state, CareEnrolment enrolment, Presence presence) {
    Finding.Builder finding =
        Finding.evidence(
                episode(key, presence.sign().eventId()),
                presence.sign().eventId() + '/' + due.stage(),
                enrolment.community(),
                presence.sign().place(),
                now)
            .since(presence.sign().time())
            .subject("person", enrolment.person(), "elder")
            .to(Audience.FAMILY)
            .explanation("elder-inactivity." + code(due.stage()))
            .value("silence", Labels.of(Duration.between(presence.sign().time(), now)))
            .value("last", Labels.of(presence.sign().time(), presence.zone()))
            .value("place", presence.sign().place())
            .value("sensors", state.sights().size())
            .value("silences", Math.round(state.routine().gaps().size()))
            .value("operational", Labels.of(operational(state, presence, now, state.seen())))
            .stoppedBy("elder-inactivity.any-sign")
            .evidence(presence.sign())
            .coverage(
                !state.sights().isEmpty()
                        && state.sights().stream().allMatch(SensorSight::confirmed)
                    ? Coverage.FULL
                    : Coverage.ASSUMED);
    return switch (due.stage()) {
      case CALL, NOT_RETURNED -> finding.severity(Severity.P3).score(settings.ifCall()).build();
      case VISIT ->
          finding.severity(Severity.P2).score(settings.ifVisit()).to(Audience.PROPERTY).build();
      case CAP ->
          finding.severity(Severity.P1).score(settings.ifCap()).to(Audience.PROPERTY).build();
    };
  }

  private static String code(Stage stage) {
    return switch (stage) {
      case CALL -> "call";
      case VISIT -> "visit";
      case CAP -> "longest";
      case NOT_RETURNED -> "not-returned";
    };
  }

  private static State closed(
      String key, SignOfLife sign, String code, State state, List<Finding> findings) {
    Told open = state.open();
    if (open == null) {
      return state;
    }
    findings.add(
        Finding.close(
            episode(key, open.trigger()),
            sign.event().eventId(),
            sign.community(),
            sign.event().place(),
            sign.time(),
            code));
    return state.open(null);
  }

  private static List<Told> with(List<Told> before, Told told) {
    List<Told> next = new ArrayList<>(before);
    next.add(told);
    if (next.size() > TOLD) {
      next.remove(0);
    }
    return List.copyOf(next);
  }

  private Step<State> next(Instant now, State state, List<Finding> findings) {
    return Step.keep(state).findings(findings).wakeAt(nextWake(now, state));
  }

  private @Nullable Instant nextWake(Instant now, State state) {
    CareEnrolment enrolment = enrolment(state, now);
    Presence presence = state.presence();
    if (presence == null) {
      return null;
    } else if (enrolment == null || enrolment.away()) {
      return nextVersion(now, state);
    }
    Instant guest =
        state.company().values().stream()
            .min(Instant::compareTo)
            .map(since -> since.plus(settings.companyStays()))
            .orElse(null);
    Due due = guest == null ? due(state, enrolment, presence) : null;
    return due == null ? guest : due.at();
  }

  /** When another version of the enrolment begins to hold; null: none known. */
  private static @Nullable Instant nextVersion(Instant now, State state) {
    return state.enrolments().stream()
        .flatMap(known -> Stream.of(known.entry().validFrom(), end(known)))
        .filter(at -> at.isAfter(now))
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static Instant end(CareEnrolment enrolment) {
    Instant end = enrolment.entry().validTo();
    return end == null ? Instant.MIN : end;
  }

  private static String episode(String key, String lastSign) {
    return "silence/" + key.substring(key.indexOf('|') + 1) + '/' + lastSign;
  }
}
