package gatehouse.arrival;

import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * In which order a history's events arrive, drawn anew for each seed: in disorder by less than the
 * bound; some single ones late by minutes or hours; what a device saw while it was offline, for an
 * hour or a day, in one batch; and some of all that a second time.
 */
final class Arrivals {

  private static final double SINGLE_LATE = 0.004;
  private static final double REPEATED = 0.02;
  private static final double OFFLINE_HOUR = 0.03;
  private static final double OFFLINE_DAY = 0.01;
  private static final Duration DAY = Duration.ofDays(1);

  private final Random random;
  private final Duration bound;
  private final Map<String, Instant> backAt = new HashMap<>();

  private Arrivals(long seed, Duration bound) {
    this.random = new Random(seed);
    this.bound = bound;
  }

  /** An event and when it arrives, as the event itself says. */
  record Arrival(DeviceEvent event, Instant at) {

    static Arrival of(DeviceEvent event, Instant at) {
      Origin sent = event.origin();
      Origin origin =
          new Origin(
              sent.id(),
              sent.community(),
              sent.device(),
              sent.place(),
              sent.time(),
              at,
              sent.boot(),
              sent.seq(),
              sent.buffered(),
              sent.clock());
      return new Arrival(event.withOrigin(origin), at);
    }
  }

  /**
   * The events of a history, in the order of an arrival.
   *
   * @param history device events by their own time
   */
  static List<Arrival> of(List<DeviceEvent> history, long seed, Duration bound) {
    Arrivals arrivals = new Arrivals(seed, bound);
    List<Arrival> all = new ArrayList<>();
    for (DeviceEvent event : history) {
      Instant at = arrivals.at(event);
      all.add(Arrival.of(event, at));
      if (arrivals.random.nextDouble() < REPEATED) {
        all.add(Arrival.of(event, at.plus(arrivals.upTo(Duration.ofHours(1)))));
      }
    }
    all.sort(Comparator.comparing(Arrival::at));
    return List.copyOf(all);
  }

  private Instant at(DeviceEvent event) {
    // One draw a device and day, so that what it saw meanwhile comes together.
    String night = event.device() + '|' + event.time().toEpochMilli() / DAY.toMillis();
    Instant back = backAt.computeIfAbsent(night, day -> offlineUntil(event.time()));
    if (event.time().isBefore(back)) {
      return back.plusMillis(random.nextInt(20_000));
    }
    Instant soon = event.time().plus(upTo(bound.minusMillis(2)));
    return random.nextDouble() < SINGLE_LATE ? soon.plus(upTo(Duration.ofHours(8))) : soon;
  }

  private Instant offlineUntil(Instant from) {
    double drawn = random.nextDouble();
    if (drawn < OFFLINE_DAY) {
      return from.plus(DAY);
    }
    return drawn < OFFLINE_DAY + OFFLINE_HOUR ? from.plus(upTo(Duration.ofHours(12))) : from;
  }

  private Duration upTo(Duration most) {
    return Duration.ofMillis((long) (random.nextDouble() * most.toMillis()));
  }
}
