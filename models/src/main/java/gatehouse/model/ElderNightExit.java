package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
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
import gatehouse.fact.Fact;
import gatehouse.model.care.HouseholdGuest;
import gatehouse.model.care.HouseholdMember;
import gatehouse.model.care.SensorSight;
import gatehouse.model.care.SignOfLife;
import gatehouse.model.care.SignOfLife.Kind;
import gatehouse.model.door.NightHours;
import gatehouse.model.gate.Departure;
import gatehouse.model.gate.Passer;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.Residency;
import gatehouse.registry.VisitorPass;
import gatehouse.site.Place;
import gatehouse.stats.TimeProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An enrolled elder, whose guardian asked for it, leaves at night unaccompanied, or paces.
 *
 * <p>Unaccompanied: nobody of the household, and no guest with a pass to it, passes the same place
 * within 60 s before or after; the alert does not wait for who comes after, who then takes it back.
 * Where a device that would have seen them is blind it is told one step lower: an elder lost is
 * worse than a call for nothing. At a gate of the community it is P1 at once. At the door of a
 * building it is P3, because it may be the rubbish, and P2 when the elder is not back after {@code
 * rubbish}. A time of night at which the elder usually goes out is none: the surprise of the hour,
 * learned for each elder, must reach {@code surprise}.
 *
 * <p>Pacing: {@code passages} in and out, or {@code presences} seen in corridors and lifts, within
 * {@code pacingWithin} at night.
 *
 * <p>Source: own rule; the profile of hours is {@link TimeProfile}'s.
 */
public final class ElderNightExit implements AnalysisModel<Fact, ElderNightExit.State> {

  private static final int ENROLMENTS = 8;
  private static final int MEMBERS = 16;
  private static final int GUESTS = 16;
  private static final int SIGHTS = 32;
  private static final int PASSAGES = 16;
  private static final int TOLD = 8;
  private static final int PATH = 6;

  private final Settings settings;
  private final NightHours night;
  private final List<Double> usual;

  /** The model with these settings. */
  public ElderNightExit(Settings settings) {
    this.settings = settings;
    this.night = new NightHours(settings.from(), settings.to());
    this.usual = TimeProfile.usual(settings.from(), settings.to(), settings.nightShare());
  }

  /** What can be tuned. */
  public record Settings(
      @Setting("nights begin at this local time") LocalTime from,
      @Setting("nights end at this") LocalTime to,
      @Setting("least surprise of the hour, as -log10 of its probability") double surprise,
      @Setting(value = "share of outings at night until it is learned", unit = "share", max = 1)
          double nightShare,
      @Setting("outings to know before the hours are the elder's own") int leastEvents,
      @Setting("days to know before that") int leastDays,
      @Setting(value = "how much an outing that was told teaches", unit = "share", max = 1)
          double toldWeight,
      @Setting("who takes out the rubbish is back within this time") Duration rubbish,
      @Setting(value = "so many passages are pacing", min = 2, max = PASSAGES) int passages,
      @Setting(value = "so many presences in corridors and lifts are", min = 2, max = PASSAGES)
          int presences,
      @Setting(value = "within this time", min = 1) Duration pacingWithin,
      @Setting("seen again at a place within this time is the same") Duration recapture,
      @Setting(value = "after this time an outing counts half", min = 1) Duration halfLife,
      @Setting(value = "how often it is true at a gate", unit = "share", max = 1) double ifGate,
      @Setting(value = "how often it is true of who stays out", unit = "share", max = 1)
          double ifStays,
      @Setting(value = "how often it is true at a door", unit = "share", max = 1) double ifDoor,
      @Setting(
              value = "how often it is true if a device that sees who goes out is blind",
              unit = "share",
              max = 1)
          double ifUnseen,
      @Setting(value = "how often pacing needs somebody", unit = "share", max = 1) double ifPacing)
      implements gatehouse.analysis.Settings {

    /** The values of the specification. */
    public static final Settings DEFAULTS =
        new Settings(
            LocalTime.of(22, 30),
            LocalTime.of(5, 30),
            2,
            0.005,
            20,
            10,
            0.2,
            Duration.ofMinutes(10),
            4,
            6,
            Duration.ofMinutes(60),
            Duration.ofSeconds(30),
            Duration.ofDays(28),
            0.8,
            0.6,
            0.3,
            0.5,
            0.5);
  }

  /** How far an outing has gone. */
  public enum Stage {
    DOOR,
    STAYS_OUT,
    GATE
  }

  /**
   * A passage or presence.
   *
   * @param kind came, left or seen
   * @param event the event
   */
  public record Passing(Kind kind, Evidence event) {}

  /**
   * An outing that was told and lasts.
   *
   * @param first id of the event that began it
   * @param since when
   * @param stage how far it has gone
   * @param place where last
   * @param zone IANA zone
   */
  public record Outing(String first, Instant since, Stage stage, String place, String zone) {}

  /**
   * What may be taken back.
   *
   * @param episode its episode
   * @param departure the way out
   * @param stage what was told
   */
  public record Told(String episode, Departure departure, Stage stage) {

    private String trigger() {
      return stage == Stage.STAYS_OUT
          ? departure.event().eventId() + "/stays-out"
          : departure.event().eventId();
    }
  }

  /**
   * What is kept of an elder.
   *
   * @param enrolments in the order of recording, at most {@value #ENROLMENTS}
   * @param members who lives with the elder, at most {@value #MEMBERS}
   * @param guests passes of who visits the elder, at most {@value #GUESTS}
   * @param sights whether the devices that see the elder see, at most {@value #SIGHTS}
   * @param hours when the elder goes out
   * @param passings of late, at most {@value #PASSAGES}, oldest first
   * @param outing the outing that was told; null: none
   * @param pacing the event that showed pacing; null: none lasts
   * @param told what may be taken back, at most {@value #TOLD}
   */
  public record State(
      List<CareEnrolment> enrolments,
      List<Residency> members,
      List<VisitorPass> guests,
      List<SensorSight> sights,
      TimeProfile hours,
      List<Passing> passings,
      @Nullable Outing outing,
      @Nullable Evidence pacing,
      List<Told> told) {

    private static final State NEW =
        new State(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            TimeProfile.empty(),
            List.of(),
            null,
            null,
            List.of());

    private State registry(List<CareEnrolment> nextEnrolments, List<Residency> nextMembers) {
      return new State(
          nextEnrolments, nextMembers, guests, sights, hours, passings, outing, pacing, told);
    }

    private State guests(List<VisitorPass> next) {
      return new State(enrolments, members, next, sights, hours, passings, outing, pacing, told);
    }

    private State sights(List<SensorSight> next) {
      return new State(enrolments, members, guests, next, hours, passings, outing, pacing, told);
    }

    private State hours(TimeProfile next) {
      return new State(enrolments, members, guests, sights, next, passings, outing, pacing, told);
    }

    private State passings(List<Passing> next) {
      return new State(enrolments, members, guests, sights, hours, next, outing, pacing, told);
    }

    private State outing(@Nullable Outing next) {
      return new State(enrolments, members, guests, sights, hours, passings, next, pacing, told);
    }

    private State pacing(@Nullable Evidence next) {
      return new State(enrolments, members, guests, sights, hours, passings, outing, next, told);
    }

    private State told(List<Told> next) {
      return new State(enrolments, members, guests, sights, hours, passings, outing, pacing, next);
    }
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "elder-night-exit",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            CareEnrolment.class,
            HouseholdMember.class,
            HouseholdGuest.class,
            SensorSight.class,
            SignOfLife.class,
            Departure.class),
        State.class,
        Settings.DEFAULTS,
        ElderNightExit::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Elder leaves at night",
            "老人夜间外出",
            "An enrolled elder leaves at night and nobody of the household is with them, or goes in"
                + " and out again and again. Only where the guardian asked for it.",
            List.of(Audience.FAMILY, Audience.PROPERTY),
            ModelCard.LateData.COMMUTATIVE,
            List.of(
                "Somebody of the household comes a moment later: taken back",
                "The rubbish: P3 at the building's door, more only after ten minutes",
                "An early habit: the elder's own hours are learned",
                "A neighbour who passes at the same time is no company; a household that is not"
                    + " registered is: once it is, also afterwards, the alert is taken back",
                "A guest of the home, by a pass: company",
                "A blind device where they leave: who was with them is unknown, so it is told one"
                    + " step lower and says so"),
            "Rule with a personal profile of hours"),
        NightExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    String person =
        fact instanceof CareEnrolment enrolment
            ? enrolment.person()
            : fact instanceof HouseholdMember member
                ? member.elder()
                : fact instanceof HouseholdGuest guest
                    ? guest.elder()
                    : fact instanceof SensorSight sight
                        ? sight.elder()
                        : fact instanceof SignOfLife sign && !sign.kind().company()
                            ? sign.elder()
                            : fact instanceof Departure departure
                                    && departure.kind() == Departure.Kind.PERSON
                                ? departure.subject()
                                : null;
    return person == null ? List.of() : List.of(fact.community() + '|' + person);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    List<Finding> findings = new ArrayList<>();
    if (fact instanceof CareEnrolment enrolment) {
      state =
          reconsidered(
              fact,
              state.registry(
                  Validity.with(state.enrolments(), enrolment, ENROLMENTS), state.members()),
              findings);
    } else if (fact instanceof HouseholdMember member) {
      state =
          reconsidered(
              fact,
              state.registry(
                  state.enrolments(), Validity.with(state.members(), member.residency(), MEMBERS)),
              findings);
    } else if (fact instanceof HouseholdGuest guest) {
      state =
          reconsidered(
              fact, state.guests(Validity.with(state.guests(), guest.pass(), GUESTS)), findings);
    } else if (state.enrolments().isEmpty()) {
      return Step.forget();
    } else if (fact instanceof SensorSight sight) {
      state = state.sights(with(state.sights(), sight));
    } else if (fact instanceof SignOfLife sign) {
      state = signed(key, sign, state, findings);
    } else if (fact instanceof Departure departure) {
      state = departed(key, departure, state, findings);
    }
    return next(state, findings);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State before) {
    List<Finding> findings = new ArrayList<>();
    State state = before;
    Outing outing = state.outing();
    if (outing != null
        && outing.stage() == Stage.DOOR
        && !now.isBefore(outing.since().plus(settings.rubbish()))) {
      state = staysOut(key, now, outing, state, findings);
    }
    Evidence pacing = state.pacing();
    Instant calmAt = calmAt(state);
    if (pacing != null && calmAt != null && !now.isBefore(calmAt)) {
      findings.add(
          Finding.close(
              episode(key, "pacing", pacing.eventId()),
              pacing.eventId(),
              community(key),
              pacing.place(),
              now,
              "elder-night-exit.calm-again"));
      state = state.pacing(null);
    }
    return next(state, findings);
  }

  private State signed(String key, SignOfLife sign, State state, List<Finding> findings) {
    Instant at = sign.time();
    boolean atNight = night.contain(at, sign.place());
    State next = state;
    Outing outing = state.outing();
    boolean home =
        sign.kind() == Kind.INSIDE
            || (sign.kind() == Kind.CAME && !sign.place().building().isEmpty());
    if (outing != null && (home || !atNight)) {
      findings.add(
          Finding.close(
              episode(key, "outing", outing.first()),
              sign.event().eventId(),
              sign.community(),
              sign.place().id(),
              at,
              home ? "elder-night-exit.back" : "elder-night-exit.day"));
      next = next.outing(null);
    }
    if (sign.kind() == Kind.INSIDE || sign.kind() == Kind.ENTRANCE || again(sign, state)) {
      return next;
    }
    if (sign.kind() == Kind.LEFT && !atNight) {
      next = next.hours(learned(next, at, sign.place().zone(), 1));
    }
    List<Passing> passings = new ArrayList<>(next.passings());
    passings.add(new Passing(sign.kind(), sign.event()));
    if (passings.size() > PASSAGES) {
      passings.remove(0);
    }
    next = next.passings(List.copyOf(passings));
    CareEnrolment enrolment = enrolment(next, at);
    return atNight && enrolment != null ? paced(key, sign, enrolment, next, findings) : next;
  }

  private boolean again(SignOfLife sign, State state) {
    return state.passings().stream()
        .anyMatch(
            known ->
                known.event().place().equals(sign.event().place())
                    && known.kind() == sign.kind()
                    && known.event().time().plus(settings.recapture()).isAfter(sign.time()));
  }

  private TimeProfile learned(State state, Instant at, ZoneId zone, double weight) {
    return state.hours().plus(at, zone, weight, settings.halfLife());
  }

  /** The enrolment at that time, if the guardian asked to be told and the elder is not away. */
  private static @Nullable CareEnrolment enrolment(State state, Instant at) {
    CareEnrolment enrolment = Validity.at(state.enrolments(), at);
    return enrolment != null && enrolment.nightExit() && !enrolment.away() ? enrolment : null;
  }

  private State paced(
      String key, SignOfLife sign, CareEnrolment enrolment, State state, List<Finding> findings) {
    Instant from = sign.time().minus(settings.pacingWithin());
    List<Passing> recent =
        state.passings().stream().filter(known -> known.event().time().isAfter(from)).toList();
    long seen = recent.stream().filter(known -> known.kind() == Kind.SEEN).count();
    long passages = recent.size() - seen;
    if (state.pacing() != null || (passages < settings.passages() && seen < settings.presences())) {
      return state;
    }
    findings.add(
        Finding.evidence(
                episode(key, "pacing", sign.event().eventId()),
                sign.event().eventId(),
                sign.community(),
                sign.place().id(),
                sign.time())
            .since(recent.get(0).event().time())
            .subject("person", enrolment.person(), "elder")
            .severity(Severity.P2)
            .to(Audience.FAMILY)
            .to(Audience.PROPERTY)
            .explanation("elder-night-exit.paces")
            .value("passages", passages)
            .value("presences", seen)
            .value("minutes", settings.pacingWithin().toMinutes())
            .value("place", Labels.of(sign.place()))
            .stoppedBy("elder-night-exit.stopped-by-staying")
            .evidence(recent.stream().map(Passing::event).toList())
            .score(settings.ifPacing())
            .build());
    return state.pacing(sign.event());
  }

  private State departed(String key, Departure departure, State state, List<Finding> findings) {
    Instant at = departure.event().time();
    CareEnrolment enrolment = enrolment(state, at);
    if (enrolment == null || !night.contain(at, departure.place())) {
      return state;
    }
    boolean accompanied = accompanied(departure, enrolment, state);
    boolean told =
        state.told().stream()
            .anyMatch(
                known -> known.departure().event().eventId().equals(departure.event().eventId()));
    State next = state;
    if (told && accompanied) {
      next = takenBack(departure, state, findings);
      told = false;
    } else if (!told && !accompanied) {
      double surprise =
          state
              .hours()
              .surprise(
                  at,
                  departure.place().zone(),
                  usual,
                  settings.leastEvents(),
                  settings.leastDays());
      if (state.outing() != null || surprise >= settings.surprise()) {
        next = left(key, departure, enrolment, state, findings);
        told = true;
      }
    }
    return departure.complete()
        ? next.hours(learned(next, at, departure.place().zone(), told ? settings.toldWeight() : 1))
        : next;
  }

  /** Somebody of the household, by registry or by the unit the access point names, or a guest. */
  private static boolean accompanied(Departure departure, CareEnrolment enrolment, State state) {
    String elder = Passer.person(enrolment.person());
    List<String> household =
        state.members().stream()
            .map(Residency::person)
            .distinct()
            .filter(person -> lives(person, departure.event().time(), state))
            .map(Passer::person)
            .toList();
    List<String> guests =
        state.guests().stream()
            .map(VisitorPass::pass)
            .distinct()
            .filter(pass -> visits(pass, departure.event().time(), state))
            .map(Passer::credential)
            .toList();
    String unit = Passer.unit(enrolment.unit());
    return departure.company().stream()
        .filter(passer -> !passer.means().contains(elder))
        .anyMatch(
            passer ->
                passer.isOneOf(household)
                    || passer.isOneOf(guests)
                    || (passer.means().contains(unit)
                        && passer.means().stream().anyMatch(means -> means.startsWith("person:"))));
  }

  private static boolean lives(String person, Instant at, State state) {
    return Validity.at(
            state.members().stream().filter(known -> known.person().equals(person)).toList(), at)
        != null;
  }

  private static boolean visits(String pass, Instant at, State state) {
    return Validity.at(
            state.guests().stream().filter(known -> known.pass().equals(pass)).toList(), at)
        != null;
  }

  private State left(
      String key,
      Departure departure,
      CareEnrolment enrolment,
      State state,
      List<Finding> findings) {
    Outing before = state.outing();
    boolean gate = departure.place().building().isEmpty();
    Stage stage =
        gate || (before != null && before.stage() == Stage.GATE)
            ? Stage.GATE
            : before == null ? Stage.DOOR : before.stage();
    Outing outing =
        new Outing(
            before == null ? departure.event().eventId() : before.first(),
            before == null ? departure.event().time() : before.since(),
            stage,
            departure.place().id(),
            departure.place().timeZone());
    String episode = episode(key, "outing", outing.first());
    Finding.Builder finding =
        finding(episode, departure.event().eventId(), departure.time(), outing, state, enrolment)
            .evidence(departure.event())
            .coverage(departure.coverage())
            .value("place", Labels.of(departure.place()));
    if (departure.watch() == Departure.Watch.BLIND) {
      finding
          .severity(severity(stage).lowered())
          .score(settings.ifUnseen())
          .explanation("elder-night-exit.unseen");
    }
    findings.add(finding.build());
    return state
        .outing(outing)
        .told(with(state.told(), new Told(episode, brief(departure), stage)));
  }

  private State staysOut(
      String key, Instant now, Outing outing, State state, List<Finding> findings) {
    Outing stays =
        new Outing(outing.first(), outing.since(), Stage.STAYS_OUT, outing.place(), outing.zone());
    CareEnrolment enrolment = enrolment(state, now);
    Told first =
        state.told().stream()
            .filter(known -> known.departure().event().eventId().equals(outing.first()))
            .findFirst()
            .orElse(null);
    boolean blind = state.sights().stream().anyMatch(sight -> !sight.sees());
    if (enrolment == null || first == null || blind) {
      return state.outing(stays);
    }
    String episode = episode(key, "outing", outing.first());
    Told told = new Told(episode, first.departure(), Stage.STAYS_OUT);
    findings.add(
        finding(episode, told.trigger(), now, stays, state, enrolment)
            .evidence(first.departure().event())
            .coverage(Coverage.ASSUMED)
            .value("place", outing.place())
            .build());
    return state.outing(stays).told(with(state.told(), told));
  }

  private Finding.Builder finding(
      String episode,
      String trigger,
      Instant now,
      Outing outing,
      State state,
      CareEnrolment enrolment) {
    ZoneId zone = Place.of("").zone();
    if (!outing.zone().isEmpty()) {
      zone = ZoneId.of(outing.zone());
    }
    Finding.Builder finding =
        Finding.evidence(episode, trigger, enrolment.community(), outing.place(), now)
            .since(outing.since())
            .subject("person", enrolment.person(), "elder")
            .to(Audience.FAMILY)
            .to(Audience.PROPERTY)
            .value("time", Labels.of(outing.since(), zone))
            .value("minutes", Duration.between(outing.since(), now).toMinutes())
            .stoppedBy("elder-night-exit.stopped-by-company")
            .evidence(path(state, outing));
    finding.severity(severity(outing.stage()));
    return switch (outing.stage()) {
      case DOOR -> finding.score(settings.ifDoor()).explanation("elder-night-exit.door");
      case STAYS_OUT -> finding.score(settings.ifStays()).explanation("elder-night-exit.stays-out");
      case GATE -> finding.score(settings.ifGate()).explanation("elder-night-exit.gate");
    };
  }

  private static Severity severity(Stage stage) {
    return switch (stage) {
      case DOOR -> Severity.P3;
      case STAYS_OUT -> Severity.P2;
      case GATE -> Severity.P1;
    };
  }

  /** Where the elder has been since the outing began. */
  private static List<Evidence> path(State state, Outing outing) {
    List<Evidence> path =
        state.passings().stream()
            .map(Passing::event)
            .filter(event -> event.time().isAfter(outing.since()))
            .toList();
    return path.subList(Math.max(0, path.size() - PATH), path.size());
  }

  private State takenBack(Departure departure, State state, List<Finding> findings) {
    List<Told> left = new ArrayList<>();
    Outing outing = state.outing();
    for (Told told : state.told()) {
      if (!told.departure().event().eventId().equals(departure.event().eventId())) {
        left.add(told);
        continue;
      }
      findings.add(retraction(told, departure, "elder-night-exit.accompanied"));
      outing = outing != null && outing.first().equals(departure.event().eventId()) ? null : outing;
    }
    return state.told(List.copyOf(left)).outing(outing);
  }

  /** What became known later may explain what was told. */
  private static State reconsidered(Fact fact, State state, List<Finding> findings) {
    List<Told> left = new ArrayList<>();
    Outing outing = state.outing();
    for (Told told : state.told()) {
      Departure departure = told.departure();
      CareEnrolment enrolment = enrolment(state, departure.event().time());
      if (enrolment != null && !accompanied(departure, enrolment, state)) {
        left.add(told);
        continue;
      }
      findings.add(
          retraction(
              told,
              fact,
              enrolment == null ? "elder-night-exit.not-asked" : "elder-night-exit.accompanied"));
      outing = outing != null && outing.first().equals(departure.event().eventId()) ? null : outing;
    }
    return state.told(List.copyOf(left)).outing(outing);
  }

  private static Finding retraction(Told told, Fact cause, String code) {
    return Finding.retract(
        told.episode(),
        told.trigger(),
        told.departure().community(),
        told.departure().place().id(),
        cause.time(),
        code);
  }

  /** A departure with as much company as can be kept. */
  private static Departure brief(Departure departure) {
    List<Passer> company = departure.company();
    return new Departure(
        departure.subject(),
        departure.kind(),
        departure.direction(),
        departure.event(),
        departure.community(),
        departure.place(),
        departure.time(),
        departure.complete(),
        company.subList(Math.max(0, company.size() - PASSAGES), company.size()),
        departure.watch(),
        departure.coverage());
  }

  private static List<Told> with(List<Told> before, Told told) {
    List<Told> next = new ArrayList<>(before);
    next.add(told);
    if (next.size() > TOLD) {
      next.remove(0);
    }
    return List.copyOf(next);
  }

  private static List<SensorSight> with(List<SensorSight> before, SensorSight sight) {
    List<SensorSight> next = new ArrayList<>(before);
    next.removeIf(old -> old.device().equals(sight.device()) && old.place().equals(sight.place()));
    next.add(sight);
    if (next.size() > SIGHTS) {
      next.remove(0);
    }
    return List.copyOf(next);
  }

  private Step<State> next(State state, List<Finding> findings) {
    Outing outing = state.outing();
    Instant stays =
        outing == null || outing.stage() != Stage.DOOR
            ? null
            : outing.since().plus(settings.rubbish());
    Instant wakeAt =
        Stream.of(Optional.ofNullable(stays), Optional.ofNullable(calmAt(state)))
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .orElse(null);
    return Step.keep(state).findings(findings).wakeAt(wakeAt);
  }

  private @Nullable Instant calmAt(State state) {
    return state.pacing() == null || state.passings().isEmpty()
        ? null
        : state
            .passings()
            .get(state.passings().size() - 1)
            .event()
            .time()
            .plus(settings.pacingWithin());
  }

  private static String episode(String key, String what, String event) {
    return what + '/' + key.substring(key.indexOf('|') + 1) + '/' + event;
  }

  private static String community(String key) {
    return key.substring(0, key.indexOf('|'));
  }
}
