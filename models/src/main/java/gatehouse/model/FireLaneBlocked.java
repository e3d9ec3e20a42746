package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.PlateRead;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.door.Alarm;
import gatehouse.model.door.DoorPermits;
import gatehouse.registry.Permit;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import gatehouse.stats.BetaPosterior;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle stands in a lane that must be kept free for the fire brigade (占用消防通道).
 *
 * <p>Three stages: a warning, the alert, and the urgent alert. The warning is told only where
 * warnings of that lane mostly come true: a lane where couriers stop for five minutes a day falls
 * silent, and the alert stays.
 *
 * <p>Keyed by the camera's place.
 */
public final class FireLaneBlocked implements AnalysisModel<Fact, FireLaneBlocked.State> {

  private static final int VEHICLES = 16;
  private static final int ALARMS = 8;
  private static final int WARNING = 1;
  private static final int BLOCKED = 2;

  /** Past stops count up to so many, so that the lane's habits may change. */
  private static final double STOPS = 50;

  private static final Set<String> EMERGENCY =
      Set.of("emergency", "fire", "fire-engine", "ambulance", "police");

  /** A permit of one of these kinds for the camera's place lets vehicles stand there. */
  private static final Set<String> LETS_STAND =
      Set.of("fire-lane", "loading", "moving", "maintenance", "drill");

  private final Settings settings;

  FireLaneBlocked(Settings settings) {
    this.settings = settings;
  }

  /** How long is too long, and what counts as one vehicle. */
  public record Settings(
      @Setting("a vehicle standing this long is worth a warning") Duration warning,
      @Setting("standing this long is an alert") Duration blocked,
      @Setting("standing this long is urgent") Duration blockedLong,
      @Setting("a track that vanishes and appears again within this time is the same vehicle")
          Duration reassociate,
      @Setting(
              value = "or within so many of the times after which the camera reports it again",
              min = 1,
              max = 10)
          double reassociateReports,
      @Setting("a track that the camera ended is taken up within this time") Duration rejoin,
      @Setting("a vehicle that was not reported for this time has gone") Duration gone,
      @Setting(value = "a sighting counts as sure from this confidence on", unit = "share", max = 1)
          double confidence,
      @Setting(value = "so many of a vehicle's sightings must be sure", unit = "share", max = 1)
          double sureShare,
      @Setting(
              value = "a warning is told where this share of the lane's warnings comes true",
              unit = "share",
              max = 1)
          double warningComesTrue)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofMinutes(60),
            Duration.ofSeconds(60),
            2.5,
            Duration.ofSeconds(5),
            Duration.ofMinutes(15),
            0.8,
            0.3,
            0.5);
  }

  /**
   * A lane as one camera place sees it.
   *
   * @param watch when the camera was blind
   * @param permits what lets vehicles stand there
   * @param vehicles those in the lane, at most {@value #VEHICLES}
   * @param alarms the last alerts, which a permit may still explain
   * @param passed stops beyond the warning that ended before the alert
   * @param cameTrue stops beyond the warning that became an alert
   * @param zone id of the lane, empty until a vehicle was seen
   * @param zoneName as shown to people
   */
  public record State(
      BorderWatch watch,
      DoorPermits permits,
      List<LaneVehicle> vehicles,
      List<Alarm> alarms,
      double passed,
      double cameTrue,
      String zone,
      String zoneName) {

    static final State NEW =
        new State(BorderWatch.NEW, DoorPermits.NONE, List.of(), List.of(), 0, 0, "", "");

    State watch(BorderWatch next) {
      return new State(next, permits, vehicles, alarms, passed, cameTrue, zone, zoneName);
    }

    State permits(DoorPermits next) {
      return new State(watch, next, vehicles, alarms, passed, cameTrue, zone, zoneName);
    }

    State vehicles(List<LaneVehicle> next) {
      return new State(watch, permits, List.copyOf(next), alarms, passed, cameTrue, zone, zoneName);
    }

    State alarms(List<Alarm> next) {
      return new State(
          watch, permits, vehicles, List.copyOf(next), passed, cameTrue, zone, zoneName);
    }

    State lane(Zone lane) {
      return new State(
          watch, permits, vehicles, alarms, passed, cameTrue, lane.id(), Labels.of(lane));
    }

    State stop(boolean becameAlert) {
      double keep = passed + cameTrue >= STOPS ? 0.5 : 1;
      return new State(
          watch,
          permits,
          vehicles,
          alarms,
          passed * keep + (becameAlert ? 0 : 1),
          cameTrue * keep + (becameAlert ? 1 : 0),
          zone,
          zoneName);
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "fire-lane-blocked",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            TrackSighting.class,
            PlateRead.class,
            DeviceStatus.class,
            DeviceHealth.class,
            Permit.class),
        State.class,
        Settings.DEFAULTS,
        FireLaneBlocked::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Fire lane blocked",
            "占用消防通道",
            "A vehicle stands in a fire lane: a warning after 3 minutes, an alert after 10, urgent"
                + " after an hour. Closes when the vehicle leaves.",
            List.of(Audience.PROPERTY, Audience.FIRE_DESK),
            LateData.COMMUTATIVE,
            List.of(
                "A van unloads for some minutes: warnings are told only at lanes where they mostly"
                    + " come true.",
                "The camera loses a track and finds it again: within a minute, or two missed"
                    + " reports, it is the same vehicle; if both are seen later they are two.",
                "One taxi after the other: what the camera saw leave has left.",
                "A shadow or a tree: sightings must be sure.",
                "Fire engines, ambulances, police: never told.",
                "Somebody moves house or works there: a permit for the place lets vehicles stand,"
                    + " also when it is recorded afterwards."),
            "models-spec, fire-lane-blocked; dwell timer of parking detection as in i-LIDS, with"
                + " re-association of broken tracks"),
        FireLaneExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof Permit permit) {
      return LETS_STAND.contains(permit.kind())
          ? permit.places().stream().distinct().map(place -> key(permit, place)).toList()
          : List.of();
    }
    Place place =
        fact instanceof DeviceHealth health
            ? health.place()
            : fact instanceof DeviceEvent event ? event.place() : null;
    boolean other =
        fact instanceof TrackSighting sighting && sighting.kind() != TrackSighting.Kind.VEHICLE;
    return place == null || other || lane(place) == null
        ? List.of()
        : List.of(key(fact, place.id()));
  }

  private static String key(Fact fact, String place) {
    return fact.community() + '/' + place;
  }

  private static @Nullable Zone lane(Place place) {
    Zone innermost = place.to().isEmpty() ? null : place.to().get(place.to().size() - 1);
    return innermost != null && innermost.use() == Zone.Use.FIRE_LANE ? innermost : null;
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    List<Finding> findings = new ArrayList<>();
    if (fact instanceof Permit permit) {
      state = permitted(key, permit, state, findings);
    } else if (fact instanceof DeviceHealth health) {
      state = state.watch(state.watch().after(health));
    } else if (fact instanceof DeviceStatus status) {
      state = state.watch(state.watch().after(status));
    } else if (fact instanceof PlateRead read) {
      state = plateRead(read, state);
    } else if (fact instanceof TrackSighting sighting) {
      state = sighted(key, sighting, state, findings);
    }
    return kept(state, fact.time(), findings);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State before) {
    List<Finding> findings = new ArrayList<>();
    List<LaneVehicle> vehicles = new ArrayList<>();
    State state = before;
    for (LaneVehicle vehicle : before.vehicles()) {
      if (!now.isBefore(endsAt(vehicle))) {
        state = ended(key, vehicle, state, now, findings);
      } else {
        Judged judged = judged(key, vehicle, state, now, fresh(vehicle, state, now), findings);
        vehicles.add(judged.vehicle());
        state = judged.state();
      }
    }
    return kept(state.vehicles(vehicles), now, findings);
  }

  private State sighted(String key, TrackSighting sighting, State before, List<Finding> findings) {
    Zone lane = lane(sighting.place());
    State state = lane == null ? before : before.lane(lane);
    List<LaneVehicle> vehicles = new ArrayList<>(state.vehicles());
    LaneVehicle vehicle = find(sighting, vehicles);
    Instant at = sighting.leftAt() == null ? sighting.time() : sighting.leftAt();
    Evidence seen = Evidence.of(sighting, "fire-lane-blocked.seen");
    vehicle =
        vehicle.seen(
            seen,
            at,
            sighting.leftAt(),
            sighting.confidence() >= settings.confidence(),
            EMERGENCY.contains(sighting.subjectType()));
    if (vehicle.exempt() && vehicle.toldAt() != null) {
      findings.add(retraction(key, vehicle, sighting.time(), "emergency"));
      vehicle = vehicle.told(0, null);
    }
    Judged judged = judged(key, vehicle, state, at, true, findings);
    vehicles.add(judged.vehicle());
    if (vehicles.size() > VEHICLES) {
      vehicles.remove(0);
    }
    return judged.state().vehicles(vehicles);
  }

  /**
   * The vehicle that the sighting shows, taken out of the list; a new one if it is none of them.
   */
  private LaneVehicle find(TrackSighting sighting, List<LaneVehicle> vehicles) {
    String track = sighting.track();
    Instant entered = sighting.enteredAt();
    Instant start = entered == null ? sighting.time() : entered;
    for (LaneVehicle vehicle : List.copyOf(vehicles)) {
      boolean same = vehicle.device().equals(sighting.device()) && vehicle.track().equals(track);
      // A number that comes into the lane again is another track.
      if (same && (entered == null || !entered.isAfter(vehicle.lastSeen()))) {
        vehicles.remove(vehicle);
        return vehicle;
      }
    }
    for (LaneVehicle vehicle : List.copyOf(vehicles)) {
      if (vehicle.device().equals(sighting.device()) && vehicle.former().equals(track)) {
        vehicles.remove(vehicle);
        vehicles.add(vehicle.splitOff());
        return vehicle.withFormerTrack();
      }
    }
    Evidence seen = Evidence.of(sighting, "fire-lane-blocked.seen");
    LaneVehicle lost =
        vehicles.stream()
            .filter(vehicle -> vehicle.device().equals(sighting.device()))
            .filter(vehicle -> !vehicle.lastSeen().isAfter(start))
            .filter(vehicle -> !vehicle.lastSeen().plus(lostFor(vehicle)).isBefore(start))
            .min(
                Comparator.comparing((LaneVehicle vehicle) -> vehicle.leftAt() == null)
                    .thenComparing(LaneVehicle::lastSeen))
            .orElse(null);
    if (lost == null) {
      return LaneVehicle.entering(sighting.device(), track, seen, start);
    }
    vehicles.remove(lost);
    return lost.continuing(track, seen, start);
  }

  /** A plate that is read in the lane belongs to the only vehicle there. */
  private State plateRead(PlateRead read, State state) {
    List<LaneVehicle> there =
        state.vehicles().stream().filter(vehicle -> vehicle.leftAt() == null).toList();
    return there.size() == 1
            && !read.plate().isEmpty()
            && read.confidence() >= settings.confidence()
        ? state.vehicles(
            state.vehicles().stream()
                .map(
                    vehicle -> vehicle.leftAt() == null ? vehicle.withPlate(read.plate()) : vehicle)
                .toList())
        : state;
  }

  /** Whether the vehicle was seen so lately that it is still there. */
  private boolean fresh(LaneVehicle vehicle, State state, Instant now) {
    return vehicle.leftAt() == null
        && !vehicle.lastSeen().plus(settings.reassociate()).isBefore(now)
        && state.watch().sawEverything(vehicle.lastSeen(), now);
  }

  /** For so long it may be there though it is not seen. */
  private Duration lostFor(LaneVehicle vehicle) {
    if (vehicle.leftAt() != null) {
      return settings.rejoin();
    }
    Duration reports =
        Duration.ofMillis(Math.round(settings.reassociateReports() * vehicle.every().toMillis()));
    return Stream.of(reports, settings.gone())
        .min(Duration::compareTo)
        .filter(shown -> shown.compareTo(settings.reassociate()) > 0)
        .orElse(settings.reassociate());
  }

  private record Judged(LaneVehicle vehicle, State state) {}

  private Judged judged(
      String key,
      LaneVehicle vehicle,
      State state,
      Instant now,
      boolean there,
      List<Finding> findings) {
    if (state.permits().cover(now)) {
      Instant ends = state.permits().nextEnd(now);
      return new Judged(vehicle.countedFrom(ends == null ? now : ends), state);
    }
    int stage = there ? stage(vehicle.standing(now)) : 0;
    if (stage <= vehicle.stage() || vehicle.exempt() || !vehicle.credible(settings.sureShare())) {
      return new Judged(vehicle, state);
    }
    if (stage == WARNING && warningTrue(state) < settings.warningComesTrue()) {
      return new Judged(vehicle.told(stage, vehicle.toldAt()), state);
    }
    findings.add(finding(key, vehicle, state, stage, now));
    List<Alarm> alarms = new ArrayList<>(state.alarms());
    String trigger = vehicle.first().eventId();
    alarms.removeIf(alarm -> alarm.trigger().equals(trigger));
    alarms.add(new Alarm(trigger, vehicle.countedFrom(), now));
    if (alarms.size() > ALARMS) {
      alarms.remove(0);
    }
    return new Judged(vehicle.told(stage, now), state.alarms(alarms));
  }

  private int stage(Duration standing) {
    return (int)
        Stream.of(settings.warning(), settings.blocked(), settings.blockedLong())
            .filter(limit -> standing.compareTo(limit) >= 0)
            .count();
  }

  /** The share of this lane's warnings that come true, from an even prior. */
  private static double warningTrue(State state) {
    return new BetaPosterior(1 + state.cameTrue(), 1 + state.passed()).mean();
  }

  private Finding finding(String key, LaneVehicle vehicle, State state, int stage, Instant now) {
    Finding.Builder finding =
        Finding.evidence(
                vehicle.first().eventId(),
                vehicle.first().eventId(),
                community(key),
                place(key),
                now)
            .since(vehicle.since())
            .severity(stage == WARNING ? Severity.P4 : stage == BLOCKED ? Severity.P3 : Severity.P2)
            .to(Audience.PROPERTY)
            .explanation(
                stage == WARNING
                    ? "fire-lane-blocked.warning"
                    : stage == BLOCKED
                        ? "fire-lane-blocked.blocked"
                        : "fire-lane-blocked.blocked-long")
            .value("zone", state.zoneName())
            .value("minutes", vehicle.standing(now).toMinutes())
            .value("plate", vehicle.plate().isEmpty() ? "-" : vehicle.plate())
            .stoppedBy("fire-lane-blocked.stopped-by-leaving")
            .evidence(vehicle.first())
            .evidence(vehicle.last())
            .score(stage == WARNING ? warningTrue(state) : stage == BLOCKED ? 0.9 : 0.95)
            .coverage(state.watch().coverage());
    if (stage > WARNING) {
      finding.to(Audience.FIRE_DESK);
    }
    if (!vehicle.plate().isEmpty()) {
      finding.subject(Passage.PLATE, vehicle.plate(), "vehicle");
    }
    return finding
        .subject(Passage.TRACK, vehicle.id(), "vehicle")
        .subject("zone", state.zone(), "fire-lane")
        .build();
  }

  private static Finding retraction(String key, LaneVehicle vehicle, Instant now, String why) {
    return retraction(key, vehicle.first().eventId(), now, why);
  }

  private static Finding retraction(String key, String trigger, Instant now, String why) {
    return Finding.retract(
        trigger, trigger, community(key), place(key), now, "fire-lane-blocked." + why);
  }

  /** A permit explains what it covers, also what was an alert before it was recorded. */
  private State permitted(String key, Permit permit, State state, List<Finding> findings) {
    DoorPermits permits = state.permits().with(permit);
    List<Alarm> left = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    for (Alarm alarm : state.alarms()) {
      if (permits.cover(alarm.at())) {
        explained.add(alarm.trigger());
        findings.add(retraction(key, alarm.trigger(), permit.time(), "permit"));
      } else {
        left.add(alarm);
      }
    }
    List<LaneVehicle> vehicles =
        state.vehicles().stream()
            .map(
                vehicle ->
                    explained.contains(vehicle.first().eventId())
                        ? vehicle.told(0, null).countedFrom(permit.time())
                        : vehicle.countedFrom().isAfter(permit.time())
                            ? vehicle.countedFrom(permit.time())
                            : vehicle)
            .toList();
    return state.permits(permits).alarms(left).vehicles(vehicles);
  }

  private State ended(
      String key, LaneVehicle vehicle, State state, Instant now, List<Finding> findings) {
    Instant toldAt = vehicle.toldAt();
    boolean left = vehicle.leftAt() != null;
    boolean blind = !left && !state.watch().sawEverything(vehicle.lastSeen(), now);
    if (toldAt != null) {
      Instant end = left && vehicle.lastSeen().isAfter(toldAt) ? vehicle.lastSeen() : now;
      findings.add(
          Finding.close(
              vehicle.first().eventId(),
              vehicle.last().eventId(),
              community(key),
              place(key),
              end,
              "fire-lane-blocked." + (left ? "left" : blind ? "camera-blind" : "no-longer-seen")));
    }
    return vehicle.stage() >= WARNING && !blind ? state.stop(vehicle.stage() >= BLOCKED) : state;
  }

  /** When the vehicle has gone if nothing more is seen of it. */
  private Instant endsAt(LaneVehicle vehicle) {
    return vehicle.lastSeen().plus(vehicle.leftAt() == null ? settings.gone() : settings.rejoin());
  }

  private Step<State> kept(State state, Instant now, List<Finding> findings) {
    Instant next = null;
    for (LaneVehicle vehicle : state.vehicles()) {
      for (Instant time : wakes(vehicle, now)) {
        next = next == null || time.isBefore(next) ? time : next;
      }
    }
    return Step.keep(state).findings(findings).wakeAt(next);
  }

  private List<Instant> wakes(LaneVehicle vehicle, Instant now) {
    List<Instant> times = new ArrayList<>();
    times.add(endsAt(vehicle));
    Stream.of(settings.warning(), settings.blocked(), settings.blockedLong())
        .map(vehicle.countedFrom()::plus)
        .filter(due -> due.isAfter(now))
        .forEach(times::add);
    return times;
  }

  private static String community(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private static String place(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}
