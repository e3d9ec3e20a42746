package gatehouse.model.clock;

import gatehouse.event.DeviceEvent;
import gatehouse.event.TrackSighting;
import gatehouse.model.DeviceHealth;
import gatehouse.model.MeasuredClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the devices of a place report, in the order in which it happened.
 *
 * <p>A host shows events by the clocks of their devices. Where device-health measured that a clock
 * is off, its events get their true time, and every event of the place is held back until nothing
 * that happened before it can still come: for as long as the clock that is furthest ahead is ahead.
 * Where no clock is off nothing is held back. A clock that is off by more than {@link #FURTHEST} is
 * not corrected, so that nothing waits for longer.
 *
 * @param clocks what was measured, at most {@value #CLOCKS} devices
 * @param held events with their true time that still wait, at most {@value #HELD}, oldest first
 * @param reached the true time up to which everything was shown
 */
public record TrueOrder(
    List<MeasuredClock> clocks, List<DeviceEvent> held, @Nullable Instant reached) {

  /** Nothing measured, nothing waits. */
  public static final TrueOrder NONE = new TrueOrder(List.of(), List.of(), null);

  /** A clock that is further off is not corrected; the intake sets aside what is as far ahead. */
  public static final Duration FURTHEST = Duration.ofMinutes(2);

  private static final int CLOCKS = 8;
  private static final int HELD = 128;

  /** The same after a judgement of device-health. */
  public TrueOrder after(DeviceHealth health) {
    return new TrueOrder(MeasuredClock.with(clocks, health, CLOCKS), held, reached);
  }

  /** The same without a device that was taken away. */
  public TrueOrder without(String device) {
    return new TrueOrder(
        clocks.stream().filter(clock -> !clock.device().equals(device)).toList(), held, reached);
  }

  /** The same with an event that waits for its turn. */
  public TrueOrder after(DeviceEvent event) {
    List<DeviceEvent> next = new ArrayList<>(held);
    next.add(corrected(event));
    next.sort(Comparator.comparing(DeviceEvent::time));
    return new TrueOrder(clocks, List.copyOf(next), reached);
  }

  /** The events whose turn it is, oldest first; what is too much for the store comes early. */
  public List<DeviceEvent> due(Instant now) {
    Instant until = trueTime(now);
    List<DeviceEvent> due = new ArrayList<>();
    for (DeviceEvent event : held) {
      if (!event.time().isAfter(until) || held.size() - due.size() > HELD) {
        due.add(event);
      }
    }
    return List.copyOf(due);
  }

  /** The same when these events were shown, and everything up to now. */
  public TrueOrder shown(List<DeviceEvent> events, Instant now) {
    return new TrueOrder(
        clocks, List.copyOf(held.subList(events.size(), held.size())), trueTime(now));
  }

  /** Up to which true time everything is known when the host's time is {@code now}. */
  public Instant trueTime(Instant now) {
    Instant time = now.minus(lag());
    return reached == null || time.isAfter(reached) ? time : reached;
  }

  /** When the host's time is such that everything up to this true time is known. */
  public Instant hostTime(Instant time) {
    return time.plus(lag());
  }

  /** When the next event's turn comes, in the host's time; null: none waits. */
  public @Nullable Instant nextTurn() {
    return held.isEmpty() ? null : hostTime(held.get(0).time());
  }

  /** Standard deviation of a device's true times; zero if nothing is known against its clock. */
  public Duration sigma(String device) {
    MeasuredClock clock = find(device);
    return clock == null ? Duration.ZERO : seconds(clock.sigma());
  }

  /** Whether the true times are known so well; a clock that was not measured counts as right. */
  public boolean known(double sigmas, Duration tolerance) {
    return clocks.stream()
        .allMatch(
            clock -> isCorrected(clock) && sigmas * clock.sigma() * 1000 <= tolerance.toMillis());
  }

  private DeviceEvent corrected(DeviceEvent event) {
    MeasuredClock clock = find(event.device());
    if (clock == null || !isCorrected(clock) || clock.ahead() == 0) {
      return event;
    }
    Duration ahead = seconds(clock.ahead());
    DeviceEvent timed = event.withOrigin(event.origin().timed(event.time().minus(ahead)));
    return timed instanceof TrackSighting track ? track.shifted(ahead.negated()) : timed;
  }

  private Duration lag() {
    return clocks.stream()
        .filter(TrueOrder::isCorrected)
        .map(clock -> seconds(Math.max(0, clock.ahead())))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static boolean isCorrected(MeasuredClock clock) {
    return Math.abs(clock.ahead()) <= FURTHEST.toSeconds();
  }

  private @Nullable MeasuredClock find(String device) {
    return clocks.stream().filter(clock -> clock.device().equals(device)).findFirst().orElse(null);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
