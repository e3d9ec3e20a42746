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
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DoorEvent;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.SensorReading;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.clock.TrueOrder;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.lift.Car;
import gatehouse.model.lift.Car.Motion;
import gatehouse.model.lift.Rider;
import gatehouse.registry.Permit;
import gatehouse.site.Device;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is shut in a lift car (困人), or its door does not close.
 *
 * <p>Shut in: somebody is in the car, its door has been closed and it has not moved for {@code
 * trapAfter}. The door is the place's own contact; a MOTION reading is the car's (above 0: it
 * moves); who is in is said by the camera, or, in a car without one, by the load. A car that
 * reports its stops may ride for {@code longestRide}. The alert ends when the door opens.
 *
 * <p>What door and camera report is taken in its {@link TrueOrder}.
 *
 * <p>Door does not close: it opens again {@code reopenings} times within {@code reopenWithin}.
 *
 * <p>Source: the passenger-trapped fault of lift monitoring (GB/T 24476: car occupied, stopped,
 * door closed), as a state machine.
 */
public final class LiftTrapped implements AnalysisModel<Fact, LiftTrapped.State> {

  private static final int ALARMS = 8;
  private static final int OPENINGS = 16;
  private static final Set<String> MOVING_HOUSE = Set.of("moving");
  private static final Set<TrackSighting.Kind> PEOPLE =
      Set.of(TrackSighting.Kind.PERSON, TrackSighting.Kind.WHEELCHAIR, TrackSighting.Kind.PRAM);

  private final Settings settings;

  /** The model with these settings. */
  public LiftTrapped(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "closed and still with somebody in it for this long", min = 1, max = 3600)
          Duration trapAfter,
      @Setting(value = "a car that has not said it stopped may ride this long", min = 1, max = 3600)
          Duration longestRide,
      @Setting(
              value = "who is first seen later than this after the door closed must be seen again",
              min = 1,
              max = 3600)
          Duration boarding,
      @Setting(value = "so much later is again", max = 3600) Duration apart,
      @Setting(value = "by how much the clocks of door and camera may differ", max = 60)
          Duration clockSlack,
      @Setting(value = "so many standard deviations of a clock come on top", max = 10)
          double sigmas,
      @Setting(value = "least confidence of a sighting", unit = "share", max = 1)
          double minConfidence,
      @Setting(value = "a load from here on is somebody", unit = "kg") double load,
      @Setting(value = "the same where the load is reported in percent", unit = "%")
          double loadPercent,
      @Setting(value = "so many openings are a door that does not close", min = 2, max = OPENINGS)
          int reopenings,
      @Setting(value = "within this time", min = 1, max = 3600) Duration reopenWithin,
      @Setting(value = "a contact that opens again within this time only bounced", max = 10)
          Duration debounce,
      @Setting(value = "how often it is true if seen with the door closed", unit = "share", max = 1)
          double ifSeenInside,
      @Setting(value = "how often it is true if seen boarding only", unit = "share", max = 1)
          double ifSeenBoarding,
      @Setting(value = "a device's word that it is well counts this long", max = 86_400)
          Duration wellFor)
      implements gatehouse.analysis.Settings {

    /** The values of the specification; load and ride by judgement. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofSeconds(120),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            3,
            0.5,
            25,
            4,
            6,
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            0.9,
            0.7,
            Duration.ofMinutes(15));
  }

  /**
   * What is kept of a lift.
   *
   * @param sight whether its devices could see everything
   * @param order what its devices reported, in its true order
   * @param work permits to work on it
   * @param moving permits to move house
   * @param car its door, its motion, who rides
   * @param trapped the alarm that lasts; null: none
   * @param openings the newest openings, at most {@value #OPENINGS}
   * @param reopening the opening that made the alarm of a door that does not close; null: none
   * @param alarms what may be taken back, at most {@value #ALARMS}
   */
  public record State(
      DeviceSight sight,
      TrueOrder order,
      DoorPermits work,
      DoorPermits moving,
      Car car,
      @Nullable Told trapped,
      List<Evidence> openings,
      @Nullable Evidence reopening,
      List<Told> alarms) {

    private static final State NEW =
        new State(
            DeviceSight.NONE,
            TrueOrder.NONE,
            DoorPermits.NONE,
            DoorPermits.NONE,
            Car.UNKNOWN,
            null,
            List.of(),
            null,
            List.of());

    private boolean mayReopen(Instant time) {
      return work.cover(time) || moving.cover(time);
    }

    private State sight(DeviceSight next) {
      return new State(next, order, work, moving, car, trapped, openings, reopening, alarms);
    }

    private State order(TrueOrder next) {
      return new State(sight, next, work, moving, car, trapped, openings, reopening, alarms);
    }

    private State permits(DoorPermits nextWork, DoorPermits nextMoving) {
      return new State(
          sight, order, nextWork, nextMoving, car, trapped, openings, reopening, alarms);
    }

    private State car(Car next) {
      return new State(sight, order, work, moving, next, trapped, openings, reopening, alarms);
    }

    private State trapped(@Nullable Told next) {
      return new State(sight, order, work, moving, car, next, openings, reopening, alarms);
    }

    private State openings(List<Evidence> next, @Nullable Evidence alarm) {
      return new State(sight, order, work, moving, car, trapped, next, alarm, alarms);
    }

    private State alarms(List<Told> next) {
      return new State(sight, order, work, moving, car, trapped, openings, reopening, next);
    }
  }

  /**
   * A finding that a permit recorded later may take back.
   *
   * @param trigger the event that made it
   * @param at when it was concluded
   * @param reopening whether it is about the door that does not close
   */
  public record Told(String trigger, Instant at, boolean reopening) {

    private String episode(String key) {
      return reopening ? LiftTrapped.reopening(key) : LiftTrapped.episode(key, trigger);
    }
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "lift-trapped",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            DoorEvent.class,
            SensorReading.class,
            TrackSighting.class,
            DeviceStatus.class,
            DeviceHealth.class,
            Device.class,
            Permit.class),
        State.class,
        Settings.DEFAULTS,
        LiftTrapped::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Trapped in a lift",
            "电梯困人",
            "Somebody is in a lift car whose door stays closed and which does not move for two"
                + " minutes; or its door opens again and again instead of closing.",
            List.of(Audience.PROPERTY),
            ModelCard.LateData.COMMUTATIVE,
            List.of(
                "Everybody got off, and the camera's last picture is that of somebody leaving: who"
                    + " was in before the door opened counts only when seen again with it closed",
                "A mirror or a flicker in an empty car: who appears in a closed car must be seen"
                    + " twice",
                "A long ride: moving restarts the time",
                "Goods left in the car: weight counts only where no camera looks",
                "Maintenance or a drill: a permit naming the lift covers it; moving house may hold"
                    + " the door",
                "An opening that was not seen: no alert while the door's device is blind"),
            "Passenger-trapped fault of lift monitoring (GB/T 24476): occupied, stopped, closed"),
        LiftTrapped::example);
  }

  /** The smallest history in which it finds something: somebody boards, the door closes. */
  public static List<Fact> example() {
    return LiftExample.history();
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof DeviceEvent event) {
      return keys(event.community(), event.place());
    } else if (fact instanceof DeviceHealth known) {
      return keys(known.community(), known.place());
    } else if (fact instanceof Device device) {
      return List.of(device.community() + '/' + device.place());
    } else if (fact instanceof Permit permit) {
      return DoorPermits.DOOR_MAY_STAND_OPEN.contains(permit.kind())
          ? permit.places().stream()
              .distinct()
              .map(place -> permit.community() + '/' + place)
              .toList()
          : List.of();
    }
    return List.of();
  }

  private static List<String> keys(String community, Place place) {
    return place.kind() == Place.Kind.LIFT ? List.of(community + '/' + place.id()) : List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof Device device) {
      return before == null || device.active()
          ? next(fact.time(), before, List.of())
          : next(fact.time(), without(device.id(), before), List.of());
    }
    State state = before == null ? State.NEW : before;
    List<Finding> findings = new ArrayList<>();
    if (fact instanceof Permit permit) {
      state = explained(key, permit, state, findings);
    } else if (fact instanceof DeviceHealth known) {
      state = state.sight(state.sight().after(known)).order(state.order().after(known));
    } else if (fact instanceof DeviceEvent event) {
      state = state.sight(state.sight().after(event)).order(state.order().after(event));
    }
    return next(fact.time(), caughtUp(key, fact.time(), state, findings), findings);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State before) {
    List<Finding> findings = new ArrayList<>();
    State state = caughtUp(key, now, before, findings);
    Instant time = state.order().trueTime(now);
    state = calmed(key, time, state, findings);
    state = judged(key, time, state, findings);
    return next(now, state, findings);
  }

  private static State without(String device, State state) {
    return state.sight(state.sight().without(device)).order(state.order().without(device));
  }

  /** Shows the events whose turn it is, and before each what was due. */
  private State caughtUp(String key, Instant now, State state, List<Finding> findings) {
    State next = state;
    List<DeviceEvent> due = state.order().due(now);
    for (DeviceEvent event : due) {
      Instant before = event.time().minusMillis(1);
      next = calmed(key, before, next, findings);
      next = judged(key, before, next, findings);
      next = observed(key, event, next, findings);
    }
    return next.order(next.order().shown(due, now));
  }

  private State observed(String key, DeviceEvent event, State state, List<Finding> findings) {
    Car car = state.car();
    if (event instanceof DoorEvent door) {
      return door.change() == Change.OPENED
          ? opened(key, door, state, findings)
          : door.change() == Change.CLOSED ? state.car(car.closed(door)) : state;
    } else if (event instanceof SensorReading reading) {
      return switch (reading.kind()) {
        case MOTION -> state.car(car.moved(reading));
        case LOAD -> state.car(car.weighed(reading, occupied(reading), slack(reading, state)));
        default -> state;
      };
    } else if (event instanceof TrackSighting sighting && shows(sighting, state)) {
      return state.car(car.seen(sighting, slack(sighting, state)));
    }
    return state;
  }

  private boolean shows(TrackSighting sighting, State state) {
    return PEOPLE.contains(sighting.kind())
        && sighting.confidence() >= settings.minConfidence()
        && !state.sight().clockIsWrong(sighting);
  }

  private boolean occupied(SensorReading reading) {
    return reading.value()
        >= (reading.unit().equals("%") ? settings.loadPercent() : settings.load());
  }

  private Duration slack(DeviceEvent event, State state) {
    Evidence closed = state.car().closed();
    long door = closed == null ? 0 : state.order().sigma(closed.device()).toMillis();
    double sigma =
        Math.hypot((double) door, (double) state.order().sigma(event.device()).toMillis());
    return settings.clockSlack().plusMillis(Math.round(sigma * settings.sigmas()));
  }

  private State opened(String key, DoorEvent door, State state, List<Finding> findings) {
    Evidence closed = state.car().closed();
    boolean bounced =
        closed != null && door.time().isBefore(closed.time().plus(settings.debounce()));
    State next = state.car(state.car().opened(door));
    Told trapped = state.trapped();
    if (trapped != null) {
      findings.add(
          Finding.close(
              episode(key, trapped.trigger()),
              door.id(),
              door.community(),
              door.place().id(),
              state.order().hostTime(door.time()),
              "lift-trapped.opened"));
      next = next.trapped(null);
    }
    return bounced || closed == null ? next : reopened(key, door, next, findings);
  }

  /** One more opening after a closing. */
  private State reopened(String key, DoorEvent door, State state, List<Finding> findings) {
    List<Evidence> openings = new ArrayList<>(recent(state.openings(), door.time()));
    openings.add(Evidence.of(door, "lift-trapped.door-opened"));
    if (openings.size() > OPENINGS) {
      openings.remove(0);
    }
    State next = state.openings(List.copyOf(openings), state.reopening());
    if (state.reopening() != null
        || openings.size() < settings.reopenings()
        || state.mayReopen(door.time())) {
      return next;
    }
    findings.add(
        Finding.evidence(reopening(key), door)
            .since(openings.get(0).time())
            .subject("lift", place(key), "lift")
            .severity(Severity.P3)
            .to(Audience.PROPERTY)
            .explanation("lift-trapped.reopens")
            .value("count", openings.size())
            .value("seconds", settings.reopenWithin().toSeconds())
            .stoppedBy("lift-trapped.stopped-by-closing")
            .evidence(openings)
            .build());
    Told alarm = new Told(door.id(), door.time(), true);
    return next.openings(next.openings(), openings.get(openings.size() - 1))
        .alarms(with(next.alarms(), alarm));
  }

  private List<Evidence> recent(List<Evidence> openings, Instant now) {
    Instant from = now.minus(settings.reopenWithin());
    return openings.stream().filter(opening -> opening.time().isAfter(from)).toList();
  }

  /** The door closes again when it has not opened for a while. */
  private State calmed(String key, Instant now, State state, List<Finding> findings) {
    Evidence reopening = state.reopening();
    if (reopening == null || !recent(state.openings(), now).isEmpty()) {
      return state;
    }
    findings.add(
        Finding.close(
            reopening(key),
            reopening.eventId(),
            community(key),
            place(key),
            state.order().hostTime(now),
            "lift-trapped.calm-again"));
    return state.openings(List.of(), null);
  }

  private State judged(String key, Instant now, State state, List<Finding> findings) {
    Instant due = due(state);
    Evidence closed = state.car().closed();
    if (due == null || closed == null || now.isBefore(due) || state.work().cover(now)) {
      return state;
    }
    findings.add(found(key, now, state, closed));
    Told alarm = new Told(closed.eventId(), now, false);
    return state.trapped(alarm).alarms(with(state.alarms(), alarm));
  }

  private static List<Told> with(List<Told> alarms, Told added) {
    List<Told> next = new ArrayList<>(alarms);
    next.add(added);
    if (next.size() > ALARMS) {
      next.remove(0);
    }
    return List.copyOf(next);
  }

  private Finding found(String key, Instant now, State state, Evidence closed) {
    List<Rider> riders = state.car().present(settings.boarding(), settings.apart());
    boolean inside = riders.stream().anyMatch(rider -> rider.inside() && !rider.onlyWeighed());
    Motion motion = state.car().motion();
    Finding.Builder finding =
        Finding.evidence(
                episode(key, closed.eventId()),
                closed.eventId(),
                community(key),
                place(key),
                state.order().hostTime(now))
            .since(closed.time())
            .subject("lift", place(key), "lift")
            .severity(Severity.P1)
            .to(Audience.PROPERTY)
            .explanation(
                riders.stream().allMatch(Rider::onlyWeighed)
                    ? "lift-trapped.weight-in-it"
                    : "lift-trapped.somebody-in-it")
            .value("seconds", Duration.between(closed.time(), now).toSeconds())
            .value("lift", place(key))
            .stoppedBy("lift-trapped.stopped-by-opening")
            .evidence(closed)
            .score(inside ? settings.ifSeenInside() : settings.ifSeenBoarding())
            .coverage(state.sight().coverage(now, settings.wellFor()));
    riders.stream().limit(4).forEach(rider -> finding.evidence(rider.last()));
    return motion == null ? finding.build() : finding.evidence(motion.reading()).build();
  }

  /** When somebody counts as shut in; null: nobody does. */
  private @Nullable Instant due(State state) {
    Car car = state.car();
    Instant settled = car.settledAt();
    Evidence closed = car.closed();
    if (settled == null
        || closed == null
        || state.trapped() != null
        || alarmed(state, closed)
        || !state.sight().sawSince(closed.device(), closed.time())) {
      return null;
    }
    Motion motion = car.motion();
    boolean mayRide =
        car.rides()
            || (motion != null && !state.sight().sawSince(motion.reading().device(), settled));
    Duration wait = mayRide ? settings.longestRide() : settings.trapAfter();
    return car.present(settings.boarding(), settings.apart()).stream()
        .map(rider -> rider.since().isAfter(settled) ? rider.since() : settled)
        .min(Instant::compareTo)
        .map(from -> from.plus(wait))
        .orElse(null);
  }

  private static boolean alarmed(State state, Evidence closed) {
    return state.alarms().stream()
        .anyMatch(alarm -> !alarm.reopening() && alarm.trigger().equals(closed.eventId()));
  }

  /** A permit explains what it covers, also what was an alert before it was recorded. */
  private static State explained(String key, Permit permit, State state, List<Finding> findings) {
    boolean moving = MOVING_HOUSE.contains(permit.kind());
    State next =
        state.permits(
            moving ? state.work() : state.work().with(permit),
            moving ? state.moving().with(permit) : state.moving());
    List<Told> left = new ArrayList<>();
    for (Told alarm : next.alarms()) {
      if (!permitted(next, alarm)) {
        left.add(alarm);
        continue;
      }
      findings.add(
          Finding.retract(
              alarm.episode(key),
              alarm.trigger(),
              permit.community(),
              place(key),
              permit.time(),
              "lift-trapped.permit"));
    }
    Told trapped = next.trapped();
    Evidence reopening = next.reopening();
    return next.trapped(trapped == null || permitted(next, trapped) ? null : trapped)
        .openings(
            next.openings(),
            reopening == null || next.mayReopen(reopening.time()) ? null : reopening)
        .alarms(List.copyOf(left));
  }

  private static boolean permitted(State state, Told alarm) {
    return alarm.reopening() ? state.mayReopen(alarm.at()) : state.work().cover(alarm.at());
  }

  private Step<State> next(Instant now, @Nullable State state, List<Finding> findings) {
    if (state == null) {
      return Step.forget();
    }
    Instant time = state.order().trueTime(now);
    Instant due = due(state);
    if (due != null && state.work().cover(due.isAfter(time) ? due : time)) {
      due = state.work().nextEnd(due.isAfter(time) ? due : time);
    }
    Instant calm =
        state.reopening() == null
            ? null
            : state.openings().stream()
                .map(Evidence::time)
                .max(Instant::compareTo)
                .map(last -> last.plus(settings.reopenWithin()))
                .orElse(null);
    Instant wakeAt =
        Stream.concat(
                Stream.of(Optional.ofNullable(due), Optional.ofNullable(calm))
                    .flatMap(Optional::stream)
                    .map(state.order()::hostTime),
                Stream.ofNullable(state.order().nextTurn()))
            .min(Instant::compareTo)
            .orElse(null);
    return Step.keep(state).findings(findings).wakeAt(wakeAt);
  }

  /** Each closing has its own, so that each can be taken back. */
  private static String episode(String key, String closed) {
    return "trapped/" + place(key) + '/' + closed;
  }

  private static String reopening(String key) {
    return "reopening/" + place(key);
  }

  private static String community(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private static String place(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}
