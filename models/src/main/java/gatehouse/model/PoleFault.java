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
import gatehouse.event.PoleAlarm;
import gatehouse.event.PoleAlarm.Kind;
import gatehouse.fact.Fact;
import gatehouse.model.door.DoorPermits;
import gatehouse.registry.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lamp post leans, leaks current, stands open, stands in water, or has no power.
 *
 * <p>Leaking current is told at once, most urgent while water stands at the post, and no permit
 * explains it. Leaning, an open door and water must last {@code hold}. Power is kept for a
 * community: posts hang on one supply, so losses are gathered for {@code gather} and make one
 * alert. An alert lasts until the post says that it is over. Work on a post (permits of the kinds
 * {@link DoorPermits#DOOR_UNDER_WORK}) explains what it covers, also when it is recorded later.
 *
 * <p>Source: the post's own supervision; waiting times are judgement.
 */
public final class PoleFault implements AnalysisModel<Fact, PoleFault.State> {

  private static final String POWER = "power";

  /** Faults that stand in one key: five kinds of a post, or the posts of a community. */
  private static final int LIMIT = 200;

  private static final int PERMITS = 32;
  private static final int SHOWN = 20;

  private final Settings settings;

  /** The model with these settings. */
  public PoleFault(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "leaning, an open door and water must last this long", max = 3600)
          Duration hold,
      @Setting(value = "losses of power are gathered for this long", max = 3600) Duration gather,
      @Setting(value = "share of reports that are true", unit = "share", max = 1)
          double reliability)
      implements gatehouse.analysis.Settings {

    /** Judgement. */
    public static final Settings DEFAULTS =
        new Settings(Duration.ofSeconds(10), Duration.ofSeconds(30), 0.8);
  }

  /**
   * What is kept of a post, or of the power of a community's posts.
   *
   * @param faults what stands, at most {@value #LIMIT}, oldest first
   * @param permits work that explains them, at most {@value #PERMITS}
   */
  public record State(List<Fault> faults, List<Permit> permits) {

    private static final State NEW = new State(List.of(), List.of());

    private boolean has(Kind kind) {
      return faults.stream().anyMatch(fault -> fault.kind() == kind);
    }
  }

  /**
   * A fault that stands.
   *
   * @param kind what is wrong
   * @param reported the report
   * @param label the post, as shown to people
   * @param time when it was reported, as shown to people
   * @param told whether it is part of an alert
   */
  public record Fault(Kind kind, Evidence reported, String label, String time, boolean told) {

    private static Fault of(PoleAlarm alarm) {
      return new Fault(
          alarm.kind(),
          Evidence.of(alarm, "pole-fault.reported"),
          Labels.of(alarm.place()),
          Labels.of(alarm.time(), alarm.place().zone()),
          false);
    }

    private Fault isTold() {
      return new Fault(kind, reported, label, time, true);
    }

    private boolean isOf(PoleAlarm alarm) {
      return kind == alarm.kind() && reported.device().equals(alarm.device());
    }
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "pole-fault",
        1,
        Ordering.EVENT_TIME,
        Set.of(PoleAlarm.class, Permit.class),
        State.class,
        Settings.DEFAULTS,
        PoleFault::new,
        // Leaks while it rains, and not in between: what comes back soon is the same fault.
        new EpisodePolicy(null, Duration.ofHours(1), Duration.ofDays(7)),
        new ModelCard(
            "Lamp post fault",
            "灯杆故障",
            "A lamp post leans, leaks current, stands open or in water, or has lost its power."
                + " Leaking current is told at once; posts that lose their power together are one"
                + " alert.",
            List.of(Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "Work on the post or its supply: a permit that names it explains all but leaking"
                    + " current, also when it is recorded afterwards",
                "Wind, somebody leaning on it, power that flickers: it must last some seconds",
                "One supply that fails takes many posts with it: one alert for the community"),
            "The lamp post's own supervision; waiting times are judgement"),
        PoleFault::example);
  }

  /** The smallest history in which it finds something: a lamp post leaks current. */
  public static List<Fact> example() {
    return List.of(
        PoleExample.pole(), PoleExample.alarm(1, PoleExample.TIME, Kind.LEAKAGE_CURRENT, true));
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof PoleAlarm alarm) {
      return switch (alarm.kind()) {
        case SOS -> List.of();
        case POWER_LOST -> List.of(alarm.community() + '/' + POWER);
        case TILT, LEAKAGE_CURRENT, DOOR_OPEN, FLOOD ->
            List.of(alarm.community() + "/post/" + alarm.place().id());
      };
    }
    return fact instanceof Permit permit && DoorPermits.DOOR_UNDER_WORK.contains(permit.kind())
        ? Stream.concat(
                Stream.of(permit.community() + '/' + POWER),
                permit.places().stream().map(place -> permit.community() + "/post/" + place))
            .distinct()
            .toList()
        : List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    List<Finding> findings = new ArrayList<>();
    if (fact instanceof PoleAlarm alarm) {
      state = alarm.active() ? begun(alarm, state, findings) : over(alarm, state, findings);
    } else if (fact instanceof Permit permit) {
      state = explained(permit, state, findings);
    }
    return kept(state, fact.time(), findings);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State before) {
    List<Finding> findings = new ArrayList<>();
    List<Fault> next = new ArrayList<>();
    for (Fault fault : before.faults()) {
      boolean due = !fault.told() && !dueAt(fault).isAfter(now);
      next.add(due ? fault.isTold() : fault);
    }
    State state = new State(List.copyOf(next), before.permits());
    List<Fault> fresh = next.stream().filter(fault -> !before.faults().contains(fault)).toList();
    for (Fault fault : fresh) {
      if (fault.kind() != Kind.POWER_LOST) {
        findings.add(finding(community(key), fault, state, now));
      }
    }
    // What else lost its power while the first one waited is told with it.
    if (fresh.stream().anyMatch(fault -> fault.kind() == Kind.POWER_LOST)) {
      List<Fault> all = state.faults().stream().map(Fault::isTold).toList();
      state = new State(all, state.permits());
      findings.add(powerLost(community(key), all, now));
    }
    return kept(state, now, findings);
  }

  private State begun(PoleAlarm alarm, State state, List<Finding> findings) {
    boolean known = state.faults().stream().anyMatch(fault -> fault.isOf(alarm));
    boolean explained =
        alarm.kind() != Kind.LEAKAGE_CURRENT
            && state.permits().stream()
                .anyMatch(permit -> covers(permit, alarm.place().id(), alarm.time()));
    if (known || explained) {
      return state;
    }
    List<Fault> faults = new ArrayList<>(state.faults());
    faults.add(Fault.of(alarm));
    if (faults.size() > LIMIT) {
      faults.remove(0);
    }
    State next = new State(List.copyOf(faults), state.permits());
    if (alarm.kind() == Kind.LEAKAGE_CURRENT) {
      next = told(next, Kind.LEAKAGE_CURRENT);
    }
    boolean currentAndWater = next.has(Kind.LEAKAGE_CURRENT) && next.has(Kind.FLOOD);
    if (alarm.kind() == Kind.LEAKAGE_CURRENT || (alarm.kind() == Kind.FLOOD && currentAndWater)) {
      for (Fault fault : next.faults()) {
        if (fault.kind() == Kind.LEAKAGE_CURRENT) {
          findings.add(finding(alarm.community(), fault, next, alarm.time()));
        }
      }
    }
    return next;
  }

  private static State told(State state, Kind kind) {
    return new State(
        state.faults().stream()
            .map(fault -> fault.kind() == kind ? fault.isTold() : fault)
            .toList(),
        state.permits());
  }

  private State over(PoleAlarm alarm, State state, List<Finding> findings) {
    List<Fault> left = new ArrayList<>();
    for (Fault fault : state.faults()) {
      if (!fault.isOf(alarm)) {
        left.add(fault);
      } else if (fault.told() && fault.kind() != Kind.POWER_LOST) {
        findings.add(
            Finding.close(
                episode(fault),
                alarm.id(),
                alarm.community(),
                alarm.place().id(),
                alarm.time(),
                "pole-fault.over"));
      }
    }
    boolean stood = state.faults().stream().anyMatch(PoleFault::powerTold);
    if (stood && left.stream().noneMatch(PoleFault::powerTold)) {
      findings.add(
          Finding.close(
              POWER,
              alarm.id(),
              alarm.community(),
              alarm.place().id(),
              alarm.time(),
              "pole-fault.power-back"));
    }
    return new State(List.copyOf(left), state.permits());
  }

  private static boolean powerTold(Fault fault) {
    return fault.told() && fault.kind() == Kind.POWER_LOST;
  }

  private State explained(Permit permit, State state, List<Finding> findings) {
    List<Permit> permits = new ArrayList<>(state.permits());
    permits.removeIf(known -> known.permit().equals(permit.permit()));
    permits.add(permit);
    if (permits.size() > PERMITS) {
      permits.remove(0);
    }
    List<Fault> left = new ArrayList<>();
    for (Fault fault : state.faults()) {
      Evidence reported = fault.reported();
      boolean covered =
          fault.kind() != Kind.LEAKAGE_CURRENT && covers(permit, reported.place(), reported.time());
      if (!covered) {
        left.add(fault);
      } else if (fault.told()) {
        findings.add(
            Finding.retract(
                fault.kind() == Kind.POWER_LOST ? POWER : episode(fault),
                reported.eventId(),
                permit.community(),
                reported.place(),
                permit.time(),
                "pole-fault.permit"));
      }
    }
    return new State(List.copyOf(left), List.copyOf(permits));
  }

  /** A permit that names no place concerns all. */
  private static boolean covers(Permit permit, String place, Instant time) {
    return permit.entry().validAt(time)
        && (permit.places().isEmpty() || permit.places().contains(place));
  }

  private Finding finding(String community, Fault fault, State state, Instant now) {
    boolean inWater = fault.kind() == Kind.LEAKAGE_CURRENT && state.has(Kind.FLOOD);
    Evidence reported = fault.reported();
    Finding.Builder finding =
        Finding.evidence(episode(fault), reported.eventId(), community, reported.place(), now)
            .since(reported.time())
            .subject("device", reported.device(), "lamp-post")
            .to(Audience.PROPERTY)
            .severity(inWater ? Severity.P1 : severity(fault.kind()))
            .explanation(inWater ? "pole-fault.leakage-in-water" : code(fault.kind()))
            .value("place", fault.label())
            .value("time", fault.time())
            .stoppedBy(
                fault.kind() == Kind.LEAKAGE_CURRENT
                    ? "pole-fault.repair"
                    : "pole-fault.report-that-it-is-over")
            .evidence(reported)
            .score(settings.reliability());
    if (inWater) {
      state.faults().stream()
          .filter(other -> other.kind() == Kind.FLOOD)
          .forEach(other -> finding.evidence(other.reported()));
    }
    return finding.build();
  }

  private Finding powerLost(String community, List<Fault> posts, Instant now) {
    Evidence first = posts.get(0).reported();
    Finding.Builder finding =
        Finding.evidence(
                POWER,
                posts.get(posts.size() - 1).reported().eventId(),
                community,
                first.place(),
                now)
            .since(first.time())
            .to(Audience.PROPERTY)
            .severity(posts.size() > 1 ? Severity.P2 : Severity.P3)
            .explanation(code(Kind.POWER_LOST) + (posts.size() > 1 ? "-together" : ""))
            .value("place", posts.get(0).label())
            .value("time", posts.get(0).time())
            .value("count", posts.size())
            .stoppedBy("pole-fault.power-returning")
            .score(settings.reliability());
    posts.stream()
        .limit(SHOWN)
        .map(Fault::reported)
        .forEach(item -> finding.subject("device", item.device(), "lamp-post").evidence(item));
    return finding.build();
  }

  private static Severity severity(Kind kind) {
    return switch (kind) {
      case TILT, LEAKAGE_CURRENT -> Severity.P2;
      case FLOOD, DOOR_OPEN, POWER_LOST, SOS -> Severity.P3;
    };
  }

  private static String code(Kind kind) {
    return switch (kind) {
      case TILT -> "pole-fault.tilt";
      case LEAKAGE_CURRENT -> "pole-fault.leakage";
      case DOOR_OPEN -> "pole-fault.door-open";
      case POWER_LOST -> "pole-fault.power-lost";
      case FLOOD -> "pole-fault.flood";
      case SOS -> throw new IllegalArgumentException("a call for help is no fault");
    };
  }

  private static String episode(Fault fault) {
    return fault.kind() + "/" + fault.reported().device();
  }

  private static String community(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private Instant dueAt(Fault fault) {
    return fault
        .reported()
        .time()
        .plus(fault.kind() == Kind.POWER_LOST ? settings.gather() : settings.hold());
  }

  private Step<State> kept(State state, Instant now, List<Finding> findings) {
    List<Permit> permits = state.permits().stream().filter(p -> !over(p, now)).toList();
    Instant wakeAt =
        Stream.concat(
                state.faults().stream().filter(fault -> !fault.told()).map(this::dueAt),
                permits.stream().map(permit -> permit.entry().validTo()).filter(Objects::nonNull))
            .min(Instant::compareTo)
            .orElse(null);
    boolean empty = state.faults().isEmpty() && permits.isEmpty();
    return new Step<>(
        empty ? null : new State(state.faults(), permits), findings, List.of(), wakeAt);
  }

  private static boolean over(Permit permit, Instant now) {
    Instant end = permit.entry().validTo();
    return end != null && !end.isAfter(now);
  }
}
