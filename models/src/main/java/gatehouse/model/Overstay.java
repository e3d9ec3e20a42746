package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.registry.Permit;
import gatehouse.registry.Vehicle;
import gatehouse.registry.VisitorPass;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import gatehouse.stats.DurationSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A visit lasts longer than it may (滞留), or somebody leaves who never came in.
 *
 * <p>Most visits that seem to last too long are exits that nobody read. So silence alone is an
 * alert only where the border is read so well that a long stay is the better explanation; else the
 * visitor must be seen inside after the limit, or leave after it.
 *
 * <p>Keyed by community: a misread plate can only be matched with those who are inside.
 */
public final class Overstay implements AnalysisModel<Fact, StayState> {

  /** Stages of a visit. */
  static final int TOO_LONG = 1;

  static final int WEEK = 2;
  static final int TWO_WEEKS = 3;

  private static final Duration SWEEP_EVERY = Duration.ofDays(1);

  private final StaySettings settings;
  private final StayLimits limits;

  Overstay(StaySettings settings) {
    this.settings = settings;
    this.limits = new StayLimits(settings);
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, StayState, StaySettings> entry() {
    return new ModelEntry<>(
        "overstay",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            PlateReadInContext.class,
            PlateRead.class,
            AccessEvent.class,
            DeviceStatus.class,
            DeviceHealth.class,
            VisitorPass.class,
            Permit.class,
            Vehicle.class),
        StayState.class,
        StaySettings.DEFAULTS,
        Overstay::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Overstay",
            "访客与车辆滞留",
            "A visitor, courier, contractor or visiting vehicle stays longer than its pass, its role"
                + " or the area allows; a vehicle may be abandoned (7 and 14 days); a vehicle"
                + " leaves that was never seen to come in. Closes when it leaves.",
            List.of(Audience.PROPERTY),
            LateData.ORDERED,
            List.of(
                "The exit was not read: how often that happens is learned, and silence counts only"
                    + " where it is rare; else the visitor must be seen inside after the limit, or"
                    + " leave after it.",
                "The plate was misread at the exit: a plate one edit away on a vehicle that looks"
                    + " the same closes the visit.",
                "A resident's plate was misread at the entrance: what another plate explains opens"
                    + " no visit.",
                "A resident's vehicle that is not registered: a plate that comes and goes daily is"
                    + " no visitor's.",
                "A gate was offline: visits across that time are not judged by silence.",
                "The pass was extended, the vehicle registered, a permit given afterwards: the"
                    + " alert is taken back."),
            "models-spec, overstay; probability of an unread exit by Bayes' rule with a learned"
                + " miss rate; limits by quantile of the role's visits"),
        OverstayExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    boolean concerns =
        fact instanceof PlateReadInContext
            || fact instanceof VisitorPass
            || fact instanceof Vehicle
            || (fact instanceof Permit permit && !permit.subjects().isEmpty())
            || (fact instanceof PlateRead read && unreadExit(read))
            || (fact instanceof AccessEvent access && mayVisit(access))
            || (fact instanceof DeviceStatus status && guards(status.place()))
            || (fact instanceof DeviceHealth health && guards(health.place()));
    return concerns ? List.of(fact.community()) : List.of();
  }

  private static boolean unreadExit(PlateRead read) {
    return read.plate().isEmpty()
        && read.direction() == Direction.OUT
        && SiteBorder.at(read.place())
        && !read.vehicleColour().isEmpty()
        && !read.vehicleType().isEmpty();
  }

  private static boolean mayVisit(AccessEvent access) {
    boolean known = !access.subjectType().isEmpty();
    return !access.credential().isEmpty()
        && (!known || StayRole.of(access.subjectType(), false) != null || limits(access.place()));
  }

  private static boolean limits(Place place) {
    return Stream.concat(place.from().stream(), place.to().stream())
        .anyMatch(zone -> zone.allowedStay() != null);
  }

  private static boolean guards(Place place) {
    return switch (place.kind()) {
      case DOOR, TURNSTILE, VEHICLE_GATE, OTHER -> SiteBorder.at(place);
      case FACE_CHECKPOINT, LIFT, POLE, CAMERA, ROOM -> false;
    };
  }

  @Override
  public Step<StayState> onEvent(String key, Fact fact, @Nullable StayState before) {
    StayState state =
        before == null ? StayState.startingAt(fact.time()) : swept(before, fact.time());
    List<Finding> findings = new ArrayList<>();
    if (fact instanceof PlateReadInContext context) {
      state = passed(StayPassage.of(context), state.seenAt(fact.time()), findings);
    } else if (fact instanceof AccessEvent access) {
      state = passed(StayPassage.of(access), state.seenAt(fact.time()), findings);
    } else if (fact instanceof PlateRead read) {
      state = leftUnread(read, state);
    } else if (fact instanceof DeviceStatus status) {
      state = state.watch(state.watch().after(status));
    } else if (fact instanceof DeviceHealth health) {
      state = state.watch(state.watch().after(health));
    } else if (fact instanceof VisitorPass pass) {
      state = state.registry(state.registry().with(pass));
      state = judgedAgain(pass.pass(), fact, state, findings);
    } else if (fact instanceof Permit permit) {
      state = state.registry(state.registry().with(permit));
      for (String subject : permit.subjects()) {
        state = judgedAgain(subject, fact, state, findings);
      }
    } else if (fact instanceof Vehicle vehicle) {
      state = judgedAgain(vehicle.plate(), fact, state, findings);
    }
    return kept(state, fact.time(), findings);
  }

  @Override
  public Step<StayState> onWake(String key, Instant now, StayState before) {
    List<Finding> findings = new ArrayList<>();
    StayState state = before;
    for (Visit visit : new TreeMap<>(before.visits()).values()) {
      if (!now.isBefore(limits.forgetAt(visit))) {
        state = over(visit, "overstay.lost", visit.entered().eventId(), now, state, findings);
      } else {
        state = timed(visit, now, state, findings);
      }
    }
    return kept(state, now, findings);
  }

  private StayState passed(StayPassage passage, StayState before, List<Finding> findings) {
    Place place = passage.event().place();
    Instant now = passage.event().time();
    StayState state = counted(passage, before);
    List<Visit> own =
        state.visits().values().stream()
            .filter(visit -> visit.subject().equals(passage.subject()))
            .filter(visit -> visit.subjectType().equals(passage.subjectType()))
            .sorted(Comparator.comparing(Visit::key))
            .toList();
    for (Visit visit : own) {
      if (StayPath.leaves(visit, passage)) {
        state = left(visit, passage, state, findings);
      } else if (StayPath.comesAgain(visit, passage)) {
        if (!now.isBefore(visit.since().plus(settings.doubleUse()))) {
          state = cameAgain(visit, passage, state, findings);
        }
      } else if (passage.showsInside()) {
        state = seenInside(visit, passage, state, findings);
      } else if (passage.way() == Direction.UNKNOWN && visit.zone().isEmpty()) {
        // At the gate, nobody knows which way.
        state = state.with(visit.doubted());
      }
    }
    boolean border = SiteBorder.at(place);
    if (passage.way() == Direction.OUT && border && passage.passed()) {
      state = state.reads(passage.subjectType(), state.readsOf(passage.subjectType()).withExits());
      boolean ownVisit = own.stream().anyMatch(visit -> visit.zone().isEmpty());
      return ownVisit ? state : leftAsAnother(passage, state, findings);
    }
    return opened(passage, state);
  }

  /** What the passages of those who live there tell of how well the border is read. */
  private StayState counted(StayPassage passage, StayState state) {
    Instant beforeAt = passage.beforeAt();
    Instant now = passage.event().time();
    if (beforeAt == null
        || !passage.resident()
        || !SiteBorder.at(passage.event().place())
        || now.isBefore(beforeAt.plus(settings.doubleUse()))
        || !state.watch().sawEverything(beforeAt, now)) {
      return state;
    }
    BorderReads reads = state.readsOf(passage.subjectType());
    boolean same = passage.way() == passage.beforeWay();
    return switch (passage.way()) {
      case IN -> state.reads(passage.subjectType(), reads.out(same ? 1 : 0, same ? 0 : 1));
      case OUT -> state.reads(passage.subjectType(), reads.in(same ? 1 : 0, same ? 0 : 1));
      case UNKNOWN -> state;
    };
  }

  private StayState left(
      Visit visit, StayPassage passage, StayState before, List<Finding> findings) {
    Instant now = passage.event().time();
    StayState state = before;
    Visit visited = visit;
    if (now.isAfter(visit.limit()) && visit.stage() < TOO_LONG && sure(passage)) {
      visited = visit.told(TOO_LONG, true, now);
      // Who left and came back unseen needs two passages that were missed; if the border was not
      // watched all the time that is less unlikely.
      boolean watched = state.watch().sawEverything(visit.since(), now);
      findings.add(
          StayFindings.finding(visited, now, "overstay.left-late", watched ? 0.9 : 0.7)
              .severity(Severity.P4)
              .evidence(Evidence.of(passage.event(), "overstay.left"))
              .build());
    }
    BorderReads reads = state.readsOf(visit.subjectType());
    state = state.reads(visit.subjectType(), reads.out(visit.judged() ? -1 : 0, 1).withExits());
    if (visit.role() != null) {
      String role = visit.role().name();
      DurationSketch sketch =
          state.lengths().getOrDefault(role, DurationSketch.empty(Duration.ofHours(2)));
      state =
          state.length(
              role, sketch.plus(Duration.between(visit.since(), now), now, settings.halfLife()));
    }
    return over(visited, "overstay.has-left", passage.event().id(), now, state, findings);
  }

  /** It came in, so it had left unseen: an alert by silence was wrong. */
  private StayState cameAgain(
      Visit visit, StayPassage passage, StayState before, List<Finding> findings) {
    Instant now = passage.event().time();
    StayState state = before;
    if (!visit.judged()) {
      state = state.reads(visit.subjectType(), state.readsOf(visit.subjectType()).out(1, 0));
    }
    if (visit.stage() >= TOO_LONG && !visit.confirmed()) {
      findings.add(StayFindings.retraction(visit, now, "overstay.came-again"));
      return state.without(visit);
    }
    return over(visit, "overstay.came-again", passage.event().id(), now, state, findings);
  }

  private StayState seenInside(
      Visit visit, StayPassage passage, StayState state, List<Finding> findings) {
    Instant now = passage.event().time();
    if (visit.confirmed() || !now.isAfter(visit.limit()) || !sure(passage)) {
      return state;
    }
    Visit told = visit.told(Math.max(TOO_LONG, visit.stage()), true, now);
    findings.add(
        StayFindings.finding(told, now, "overstay.seen-inside", 0.95)
            .severity(StayFindings.severity(told.stage()).orWorse(Severity.P3))
            .evidence(Evidence.of(passage.event(), "overstay.inside"))
            .build());
    BorderReads reads = state.readsOf(visit.subjectType());
    return (visit.judged() ? state.reads(visit.subjectType(), reads.out(-1, 0)) : state).with(told);
  }

  private boolean sure(StayPassage passage) {
    return passage.confidence() >= settings.confidence() && passage.misread() < settings.excuse();
  }

  /** Who leaves and was not inside may be one of those inside, with a misread plate. */
  private StayState leftAsAnother(StayPassage passage, StayState state, List<Finding> findings) {
    if (!passage.subjectType().equals(Passage.PLATE)) {
      return state;
    }
    boolean belongsOutside = passage.resident() && passage.beforeWay() != Direction.OUT;
    Visit misread = belongsOutside ? null : MisreadExit.of(passage, state);
    if (misread != null) {
      BorderReads reads = state.readsOf(Passage.PLATE);
      return over(
          misread,
          "overstay.left-misread",
          passage.event().id(),
          passage.event().time(),
          misread.judged() ? state.reads(Passage.PLATE, reads.out(-1, 0)) : state,
          findings);
    }
    return withoutEntry(passage, state, findings);
  }

  private StayState withoutEntry(StayPassage passage, StayState state, List<Finding> findings) {
    boolean stranger =
        passage.role() != null
            && passage.passes() < settings.regular()
            && passage.beforeWay() != Direction.IN
            && sure(passage);
    if (!stranger) {
      return state;
    }
    Instant now = passage.event().time();
    Instant from = now.minus(settings.watchedFor());
    BorderReads reads = state.readsOf(Passage.PLATE);
    double unseen =
        reads.cameUnseen(settings.overstayShare(), settings.priorMissed(), settings.priorRead());
    StayState counted = state.reads(Passage.PLATE, reads.in(1, 0));
    Instant since = state.since();
    boolean watched =
        since != null && !since.isAfter(from) && state.watch().sawEverything(from, now);
    if (!watched || unseen < settings.certainty()) {
      return counted;
    }
    findings.add(
        Finding.evidence("exit|" + passage.subject(), passage.event())
            .subject(Passage.PLATE, passage.subject(), "visitor")
            .severity(Severity.P4)
            .to(Audience.PROPERTY)
            .explanation("overstay.exit-without-entry")
            .value("who", passage.subject())
            .value("place", Labels.of(passage.event().place()))
            .stoppedBy("overstay.stopped-by-entry")
            .evidence(Evidence.of(passage.event(), "overstay.left"))
            .score(unseen)
            .coverage(state.watch().coverage())
            .build());
    findings.add(
        Finding.close(
            "exit|" + passage.subject(),
            passage.event().id(),
            passage.event().community(),
            passage.event().place().id(),
            now,
            "overstay.has-left"));
    return counted;
  }

  /** A vehicle left without a plate that was read: it may have been any that looks like it. */
  private static StayState leftUnread(PlateRead read, StayState before) {
    StayState state = before;
    for (Visit visit : before.visits().values()) {
      if (visit.subjectType().equals(Passage.PLATE)
          && visit.zone().isEmpty()
          && visit.colour().equals(read.vehicleColour())
          && visit.type().equals(read.vehicleType())) {
        state = state.with(visit.doubted());
      }
    }
    return state;
  }

  private StayState opened(StayPassage passage, StayState before) {
    Place place = passage.event().place();
    StayState state = before;
    if (!passage.passed() || passage.way() == Direction.UNKNOWN) {
      return state;
    }
    for (Zone zone : place.after(passage.way())) {
      if (zone.allowedStay() != null
          && !UnseenCrossing.contains(place.before(passage.way()), zone)
          && !passage.emergency()
          && sure(passage)) {
        state = openedUnlessOpen(visit(passage, null, zone), state);
      }
    }
    StayRole role =
        passage.subjectType().equals(Passage.CREDENTIAL)
                && passage.role() == null
                && state.registry().isPass(passage.subject(), passage.event().time())
            ? StayRole.VISITOR
            : passage.role();
    boolean comesIn =
        passage.way() == Direction.IN
            && (SiteBorder.at(place) || passage.subjectType().equals(Passage.CREDENTIAL));
    return role == null || !comesIn || !sure(passage) || passage.passes() >= settings.regular()
        ? state
        : openedUnlessOpen(visit(passage, role, null), state);
  }

  private static Visit visit(
      StayPassage passage, @Nullable StayRole role, @Nullable Zone limiting) {
    return Visit.of(
        passage.event(),
        passage.subjectType(),
        passage.subject(),
        role,
        limiting,
        passage.colour(),
        passage.type());
  }

  private StayState openedUnlessOpen(Visit visit, StayState state) {
    return state.visits().containsKey(visit.key())
        ? state
        : state.with(visit.until(limits.of(visit, state)));
  }

  /** Takes a visit off the list; its alert, if there is one, ends. */
  private StayState over(
      Visit visit,
      String code,
      String trigger,
      Instant now,
      StayState before,
      List<Finding> findings) {
    StayState state = before.without(visit);
    if (visit.stage() < TOO_LONG) {
      return state;
    }
    findings.add(
        Finding.close(
            visit.episode(), trigger, visit.community(), visit.entered().place(), now, code));
    List<Visit> ended = new ArrayList<>(state.ended());
    ended.removeIf(old -> limits.forgotten(old, now));
    ended.add(visit.closed(now));
    return state.ended(ended);
  }

  private StayState timed(Visit visit, Instant now, StayState state, List<Finding> findings) {
    if (!visit.judged() && !now.isBefore(visit.limit())) {
      return limitPassed(visit, now, state, findings);
    }
    int stage = visit.subjectType().equals(Passage.PLATE) ? limits.abandoned(visit, now) : 0;
    if (visit.stage() < TOO_LONG || stage <= visit.stage()) {
      return state;
    }
    Visit told = visit.told(stage, visit.confirmed(), now);
    findings.add(
        StayFindings.finding(
                told, now, "overstay.abandoned", visit.confirmed() ? 0.9 : inside(visit, state))
            .severity(StayFindings.severity(stage))
            .coverage(visit.confirmed() ? Coverage.NOT_NEEDED : state.watch().coverage())
            .build());
    return state.with(told);
  }

  /** Probability that it is still there though nothing but silence says so. */
  private double inside(Visit visit, StayState state) {
    BorderReads reads = state.readsOf(visit.subjectType());
    // Judged by what was learned of others: a visit must not excuse itself.
    return (visit.judged() ? reads.out(-1, 0) : reads)
        .stillInside(settings.overstayShare(), settings.priorMissed(), settings.priorRead());
  }

  private StayState limitPassed(Visit visit, Instant now, StayState state, List<Finding> findings) {
    BorderReads reads = state.readsOf(visit.subjectType());
    double inside = inside(visit, state);
    boolean watched = reads.exits() && state.watch().sawEverything(visit.since(), now);
    StayState counted = state.reads(visit.subjectType(), reads.out(1, 0));
    if (!watched || visit.doubtful() || inside < settings.certainty()) {
      return counted.with(visit.beyondLimit());
    }
    Visit told = visit.told(TOO_LONG, false, now);
    findings.add(
        StayFindings.finding(told, now, "overstay.beyond-limit", inside)
            .severity(Severity.P4)
            .coverage(state.watch().coverage())
            .build());
    return counted.with(told);
  }

  /** What the registry says now may explain what was told, or move a limit. */
  private StayState judgedAgain(
      String subject, Fact fact, StayState before, List<Finding> findings) {
    StayState state = before;
    for (Visit visit : new TreeMap<>(before.visits()).values()) {
      if (!visit.subject().equals(subject)) {
        continue;
      }
      Visit moved = visit.until(limits.of(visit, state));
      if (explained(moved, fact)) {
        if (visit.stage() >= TOO_LONG) {
          findings.add(
              StayFindings.retraction(visit, fact.time(), "overstay.explained-afterwards"));
        }
        if (visit.judged()) {
          BorderReads reads = state.readsOf(visit.subjectType());
          state = state.reads(visit.subjectType(), reads.out(-1, 0));
        }
        state = belongs(visit, fact) ? state.without(visit) : state.with(moved.takenBack());
      } else {
        state = state.with(moved);
      }
    }
    List<Visit> ended = new ArrayList<>();
    for (Visit visit : state.ended()) {
      boolean same = visit.subject().equals(subject) && !limits.forgotten(visit, fact.time());
      if (same && explained(visit.until(limits.of(visit, state)), fact)) {
        findings.add(StayFindings.retraction(visit, fact.time(), "overstay.explained-afterwards"));
      } else {
        ended.add(visit);
      }
    }
    return state.ended(ended);
  }

  /** Whether what was concluded of the visit no longer holds. */
  private static boolean explained(Visit visit, Fact fact) {
    Instant toldAt = visit.toldAt();
    boolean moved =
        toldAt == null
            ? visit.judged() && visit.limit().isAfter(fact.time())
            : visit.limit().isAfter(toldAt);
    return moved || belongs(visit, fact);
  }

  /** Whether the vehicle is registered as one that belongs there. */
  private static boolean belongs(Visit visit, Fact fact) {
    return fact instanceof Vehicle vehicle
        && visit.subjectType().equals(Passage.PLATE)
        && visit.zone().isEmpty()
        && vehicle.entry().validAt(visit.since())
        && StayRole.of(vehicle.subjectType(), true) == null;
  }

  private static StayState swept(StayState state, Instant now) {
    return now.isBefore(state.sweptAt().plus(SWEEP_EVERY))
        ? state
        : state.swept(now, now.minus(SWEEP_EVERY.multipliedBy(2)));
  }

  private Step<StayState> kept(StayState state, Instant now, List<Finding> findings) {
    Instant next = null;
    for (Visit visit : state.visits().values()) {
      Instant due = due(visit, now);
      next = next == null || due.isBefore(next) ? due : next;
    }
    return Step.keep(state).findings(findings).wakeAt(next);
  }

  /** When time alone next tells something about the visit. */
  private Instant due(Visit visit, Instant now) {
    Instant due = limits.forgetAt(visit);
    boolean vehicle = visit.subjectType().equals(Passage.PLATE);
    Stream<Instant> times =
        !visit.judged()
            ? Stream.of(visit.limit())
            : vehicle && visit.stage() >= TOO_LONG
                ? Stream.of(settings.abandonedWarning(), settings.abandoned())
                    .map(visit.since()::plus)
                    .filter(time -> time.isAfter(now))
                : Stream.empty();
    Instant first = times.min(Comparator.naturalOrder()).orElse(due);
    return first.isBefore(due) ? first : due;
  }
}
