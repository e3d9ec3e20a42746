package gatehouse.model.lift;

import gatehouse.alert.Evidence;
import java.time.Duration;
import java.time.Instant;

/**
 * Somebody in the car, as the camera or the load sensor shows it.
 *
 * @param track the camera's track; {@value #LOAD}: only the load sensor says so
 * @param first the event that showed it first
 * @param last the newest event that showed it
 * @param since when it was seen first, by true time
 * @param until when it was seen last, by true time
 * @param inside whether it was seen while the door was closed
 * @param mayHaveLeft whether the door has opened since
 */
public record Rider(
    String track,
    Evidence first,
    Evidence last,
    Instant since,
    Instant until,
    boolean inside,
    boolean mayHaveLeft) {

  static final String LOAD = "load";

  static Rider seenFirst(String track, Evidence event, Instant at, boolean inside) {
    return new Rider(track, event, event, at, at, inside, false);
  }

  Rider again(Evidence event, Instant at, boolean withDoorClosed) {
    return new Rider(track, first, event, since, at, inside || withDoorClosed, mayHaveLeft);
  }

  Rider stayed() {
    return new Rider(track, first, last, since, until, inside, false);
  }

  Rider afterOpening() {
    return new Rider(track, first, last, since, until, false, true);
  }

  /** Whether the load sensor alone shows it. */
  public boolean onlyWeighed() {
    return track.equals(LOAD);
  }

  /**
   * Whether it can be believed. Nobody enters a closed car: who is first seen long after it closed
   * must be seen again before it is more than a flicker.
   *
   * @param settled when the door closed or the car stopped
   */
  boolean credible(Instant settled, Duration boarding, Duration apart) {
    return !mayHaveLeft
        && (!since.isAfter(settled.plus(boarding)) || !until.isBefore(since.plus(apart)));
  }
}
