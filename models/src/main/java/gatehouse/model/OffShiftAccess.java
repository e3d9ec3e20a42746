package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.model.ShiftUse.OffShift;
import gatehouse.registry.Permit;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A work credential opens a door outside its holder's shifts (非当班通行).
 *
 * <p>Only credentials that ever had a shift are in scope; of any other not even a use is
 * remembered, so residents never are. A use outside is judged only where the plan is known to go
 * on: a plan that is published late must not make everybody an intruder.
 */
public final class OffShiftAccess implements AnalysisModel<Fact, OffShiftAccess.State> {

  private static final int USES = 16;
  private static final int PERMITS = 8;
  private static final String RESIDENT = "resident";

  private final Settings settings;

  OffShiftAccess(Settings settings) {
    this.settings = settings;
  }

  /** When a use is off shift. */
  public record Settings(
      @Setting("this long before and after a shift belongs to it") Duration grace,
      @Setting("up to this long before and after a shift it is probably overtime")
          Duration overtime,
      @Setting("after the last shift of the plan uses are judged for this long")
          Duration planEndsAfter,
      @Setting(
              value = "share of uses far from any shift that nothing explains",
              unit = "probability",
              max = 1)
          double unexplained,
      @Setting(value = "the same of uses near one", unit = "probability", max = 1)
          double unexplainedNear,
      @Setting("uses older than this are not told or taken back when the plan changes")
          Duration lateReach,
      @Setting("a plan that ended is remembered this long") Duration remember)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(12),
            0.7,
            0.3,
            Duration.ofDays(7),
            Duration.ofDays(60));
  }

  /**
   * A work credential.
   *
   * @param plan its shifts
   * @param permits permits that name it
   * @param uses its last uses, oldest first
   */
  public record State(ShiftPlan plan, List<Permit> permits, List<ShiftUse> uses) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "off-shift-access",
        1,
        Ordering.EVENT_TIME,
        Set.of(AccessEvent.class, Roster.class, Permit.class),
        State.class,
        Settings.DEFAULTS,
        OffShiftAccess::new,
        new EpisodePolicy(Duration.ofHours(8), Duration.ZERO, Duration.ofDays(30)),
        new ModelCard(
            "Off-shift access",
            "非当班通行",
            "A work credential opens a door more than half an hour outside its holder's shifts."
                + " Only credentials with a roster are judged; residents never are.",
            List.of(Audience.PROPERTY),
            LateData.ORDERED,
            List.of(
                "Overtime, or an early start: up to two hours from a shift it is least urgent, and"
                    + " leaving is never judged.",
                "The plan is published or changed late: behind the plan's end nothing is judged"
                    + " until it goes on, and a shift that is recorded late takes the alert back.",
                "Somebody was called out: a permit that names the credential explains it, also"
                    + " when it is recorded afterwards.",
                "The credential was refused, or a door opened by remote command: not judged.",
                "Staff who live here: uses that the reader logs as a resident's, or of a unit's"
                    + " credential, are not judged."),
            "Time schedules of access control for staff; the tolerance is judgement, to be tuned by"
                + " back-test"),
        OffShiftAccessExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof Permit permit) {
      return permit.subjects().stream().distinct().map(subject -> key(fact, subject)).toList();
    } else if (fact instanceof Roster shift) {
      return List.of(key(fact, shift.credential()));
    }
    return fact instanceof AccessEvent use && inScope(use)
        ? List.of(key(fact, use.credential()))
        : List.of();
  }

  private static String key(Fact fact, String credential) {
    return fact.community() + '|' + credential;
  }

  private static boolean inScope(AccessEvent use) {
    return use.passed()
        && !use.credential().isEmpty()
        && use.direction() != Direction.OUT
        && use.command() == null
        && use.unit() == null
        && !use.subjectType().equals(RESIDENT);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof Roster shift) {
      State state = before == null ? new State(ShiftPlan.NONE, List.of(), List.of()) : before;
      Instant since = shift.time().minus(settings.lateReach());
      return judged(
          new State(state.plan().with(shift, since), state.permits(), state.uses()), shift);
    } else if (before == null) {
      return Step.forget();
    } else if (fact instanceof Permit permit) {
      List<Permit> permits = Validity.with(before.permits(), permit, PERMITS);
      return judged(new State(before.plan(), permits, before.uses()), permit);
    } else if (fact instanceof AccessEvent use) {
      List<ShiftUse> uses = new ArrayList<>(before.uses());
      uses.add(ShiftUse.of(use));
      List<ShiftUse> newest = uses.subList(Math.max(0, uses.size() - USES), uses.size());
      return judged(new State(before.plan(), before.permits(), List.copyOf(newest)), use);
    }
    return Step.keep(before);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return Step.forget();
  }

  /**
   * Judges uses by what is known now, and tells what changed since they were judged last: all of
   * them when the registry changed, else the newest.
   */
  private Step<State> judged(State state, Fact known) {
    List<Finding> findings = new ArrayList<>();
    List<ShiftUse> uses = new ArrayList<>();
    for (ShiftUse use : state.uses()) {
      if (use.time().plus(settings.lateReach()).isBefore(known.time())) {
        continue;
      }
      boolean again = known instanceof RegistryFact || use.event().eventId().equals(known.id());
      OffShift offShift = again ? offShift(use, state) : use.told();
      if (offShift == null && use.told() != null) {
        findings.add(retraction(use, state, known));
      } else if (offShift != null && offShift != use.told()) {
        findings.add(finding(use, offShift, state, known));
      }
      uses.add(use.told(offShift));
    }
    State next = new State(state.plan(), state.permits(), List.copyOf(uses));
    Instant end = state.plan().end();
    Instant last = uses.isEmpty() ? known.time() : uses.get(uses.size() - 1).time();
    return Step.keep(next)
        .findings(findings)
        .wakeAt(end == null ? null : (end.isAfter(last) ? end : last).plus(settings.remember()));
  }

  private @Nullable OffShift offShift(ShiftUse use, State state) {
    Instant time = use.time();
    Duration distance = state.plan().distance(time);
    if (distance == null
        || distance.compareTo(settings.grace()) <= 0
        || permitted(use, state.permits())) {
      return null;
    }
    Instant before = state.plan().endBefore(time);
    boolean planKnown =
        before != null
            && (state.plan().goesOnAfter(time)
                || !before.plus(settings.planEndsAfter()).isBefore(time));
    if (!planKnown) {
      return null;
    }
    return distance.compareTo(settings.overtime()) <= 0 ? OffShift.NEAR_SHIFT : OffShift.OFF_SHIFT;
  }

  private static boolean permitted(ShiftUse use, List<Permit> permits) {
    List<String> names = permits.stream().map(Permit::permit).distinct().toList();
    return names.stream()
        .map(
            name ->
                Validity.at(
                    permits.stream().filter(permit -> permit.permit().equals(name)).toList(),
                    use.time()))
        .anyMatch(
            permit ->
                permit != null
                    && (permit.places().isEmpty()
                        || permit.places().contains(use.event().place())));
  }

  private Finding finding(ShiftUse use, OffShift offShift, State state, Fact known) {
    boolean near = offShift == OffShift.NEAR_SHIFT;
    Severity severity = near ? Severity.P4 : Severity.P3;
    String credential = credential(state);
    Instant before = state.plan().endBefore(use.time());
    Duration distance = state.plan().distance(use.time());
    return Finding.evidence(
            credential, use.event().eventId(), known.community(), use.event().place(), known.time())
        .since(use.time())
        .subject(Passage.CREDENTIAL, credential, "work-credential")
        .severity(use.restricted() ? severity.raised() : severity)
        .to(Audience.PROPERTY)
        .explanation(near ? "off-shift-access.near-shift" : "off-shift-access.off-shift")
        .value("place", use.placeName())
        .value("time", Labels.of(use.time(), use.local()))
        .value("distance", Labels.of(distance == null ? Duration.ZERO : distance))
        .value("shiftEnd", before == null ? "?" : Labels.of(before, use.local()))
        .stoppedBy("off-shift-access.stopped-by-roster")
        .evidence(use.event())
        .score(near ? settings.unexplainedNear() : settings.unexplained())
        .build();
  }

  private static String credential(State state) {
    return state.plan().versions().get(0).credential();
  }

  private static Finding retraction(ShiftUse use, State state, Fact known) {
    return Finding.retract(
        credential(state),
        use.event().eventId(),
        known.community(),
        use.event().place(),
        known.time(),
        "off-shift-access.explained-afterwards");
  }
}
