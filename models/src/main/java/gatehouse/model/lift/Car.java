package gatehouse.model.lift;

import gatehouse.alert.Evidence;
import gatehouse.event.DoorEvent;
import gatehouse.event.SensorReading;
import gatehouse.event.TrackSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a lift car. Events come in their true order, at their true times.
 *
 * <p>Nobody enters or leaves while its door is closed. So who was seen after the door had closed is
 * still in; who was seen only before it opened last may have left; a track that came up while it
 * stood open has boarded, unless the camera saw it leave again.
 *
 * @param openedAt when the door opened last; null: not known
 * @param closed the event since which the door is closed; null: open, or not known
 * @param riders who may be in, at most {@value #LIMIT}
 * @param motion the newest reading that the car moved or stopped; null: none
 * @param reportsStops whether the car ever said that it stopped
 * @param camera whether a camera has ever seen anybody in it
 */
public record Car(
    @Nullable Instant openedAt,
    @Nullable Evidence closed,
    List<Rider> riders,
    @Nullable Motion motion,
    boolean reportsStops,
    boolean camera) {

  /** Nothing known yet. */
  public static final Car UNKNOWN = new Car(null, null, List.of(), null, false, false);

  private static final int LIMIT = 16;

  /**
   * The car's newest word on its motion.
   *
   * @param reading the reading
   * @param moving whether it moves
   */
  public record Motion(Evidence reading, boolean moving) {}

  /** The door opened: who was in may leave. */
  public Car opened(DoorEvent door) {
    List<Rider> maybe =
        riders.stream().filter(rider -> !rider.mayHaveLeft()).map(Rider::afterOpening).toList();
    return new Car(door.time(), null, maybe, motion, reportsStops, camera);
  }

  /** The door closed. */
  public Car closed(DoorEvent door) {
    return closed != null
        ? this
        : new Car(
            openedAt,
            Evidence.of(door, "lift-trapped.door-closed"),
            riders,
            motion,
            reportsStops,
            camera);
  }

  /** The car moved or stopped. */
  public Car moved(SensorReading reading) {
    boolean moving = reading.value() > 0;
    Motion newest = new Motion(Evidence.of(reading, "lift-trapped.motion"), moving);
    return new Car(openedAt, closed, riders, newest, reportsStops || !moving, camera);
  }

  /** The load sensor says whether there is weight in the car; a camera knows better. */
  public Car weighed(SensorReading reading, boolean occupied, Duration slack) {
    Instant at = reading.time();
    if (!occupied || camera) {
      return without(Rider.LOAD);
    }
    return closedFor(at, slack)
        ? inside(Rider.LOAD, Evidence.of(reading, "lift-trapped.weight"), at)
        : this;
  }

  /**
   * The camera saw somebody.
   *
   * @param slack by how much the clocks of door and camera may differ
   */
  public Car seen(TrackSighting sighting, Duration slack) {
    Instant at = sighting.time();
    Instant leftAt = sighting.leftAt();
    Car watched = new Car(openedAt, closed, riders, motion, reportsStops, true).without(Rider.LOAD);
    Evidence event = Evidence.of(sighting, "lift-trapped.seen");
    String track = sighting.track();
    if (openedAt != null && at.isBefore(openedAt)) {
      return watched;
    } else if (leftAt != null && !watched.closedFor(leftAt, slack)) {
      return watched.without(track);
    } else if (watched.closedFor(at, slack)) {
      return watched.inside(track, event, at);
    }
    return watched.find(track) == null
        ? watched.with(Rider.seenFirst(track, event, at, false))
        : watched.changed(track, rider -> rider.again(event, at, false));
  }

  /** Since when the door is closed and the car stands still; null: it is open. */
  public @Nullable Instant settledAt() {
    if (closed == null) {
      return null;
    }
    return motion != null && motion.reading().time().isAfter(closed.time())
        ? motion.reading().time()
        : closed.time();
  }

  /** Whether the car said that it moves, and would say that it stopped. */
  public boolean rides() {
    return motion != null
        && motion.moving()
        && reportsStops
        && closed != null
        && !motion.reading().time().isBefore(closed.time());
  }

  /** Who is in the car, as far as that can be believed. */
  public List<Rider> present(Duration boarding, Duration apart) {
    Instant settled = settledAt();
    return settled == null
        ? List.of()
        : riders.stream().filter(rider -> rider.credible(settled, boarding, apart)).toList();
  }

  private boolean closedFor(Instant at, Duration slack) {
    return closed != null && at.isAfter(closed.time().plus(slack));
  }

  private Car inside(String track, Evidence event, Instant at) {
    return find(track) == null
        ? with(Rider.seenFirst(track, event, at, true))
        : changed(track, rider -> rider.again(event, at, true).stayed());
  }

  private @Nullable Rider find(String track) {
    return riders.stream().filter(rider -> rider.track().equals(track)).findFirst().orElse(null);
  }

  private Car with(Rider rider) {
    List<Rider> next = new ArrayList<>(riders);
    next.add(rider);
    if (next.size() > LIMIT) {
      next.remove(0);
    }
    return riders(List.copyOf(next));
  }

  private Car changed(String track, UnaryOperator<Rider> change) {
    return riders(
        riders.stream()
            .map(rider -> rider.track().equals(track) ? change.apply(rider) : rider)
            .toList());
  }

  private Car without(String track) {
    return riders(riders.stream().filter(rider -> !rider.track().equals(track)).toList());
  }

  private Car riders(List<Rider> next) {
    return new Car(openedAt, closed, next, motion, reportsStops, camera);
  }
}
