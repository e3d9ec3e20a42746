package gatehouse.api.repair;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The part of a community's history that a repair replays.
 *
 * @param late the late events to repair, by event time
 * @param narrowed whether it is less than was wished
 */
record RepairWindow(Instant from, Instant to, List<LateEvent> late, boolean narrowed) {

  /** What is not narrowed any more before late events are put off. */
  private static final Duration LEAST = Duration.ofMinutes(10);

  /** Says how many events there are in a time, or one more than the limit. */
  interface Counter {

    int count(Instant from, Instant to, int limit);
  }

  /**
   * The widest window that does not hold too many events. First the time before and after the late
   * events is halved, then the later half of them is put off to another repair.
   *
   * @param late all unrepaired events, by event time
   * @param before how much history before the first late event is wished
   * @param now until when the history reaches
   * @param limit the most events
   * @return empty if even one late event has too many neighbours
   */
  static Optional<RepairWindow> of(
      List<LateEvent> late, Duration before, Instant now, int limit, Counter counter) {
    Duration lead = before;
    Duration tail = longer(Duration.between(last(late), now), Duration.ZERO);
    List<LateEvent> chosen = late;
    boolean narrowed = false;
    while (true) {
      Instant from = chosen.get(0).time().minus(lead);
      Instant to = last(chosen).plus(tail);
      if (counter.count(from, to, limit + 1) <= limit) {
        return Optional.of(new RepairWindow(from, to, List.copyOf(chosen), narrowed));
      }
      narrowed = true;
      if (lead.compareTo(LEAST) > 0 || tail.compareTo(LEAST) > 0) {
        lead = half(lead);
        tail = half(tail);
      } else if (chosen.size() > 1) {
        chosen = chosen.subList(0, (chosen.size() + 1) / 2);
      } else {
        return Optional.empty();
      }
    }
  }

  private static Instant last(List<LateEvent> late) {
    return late.get(late.size() - 1).time();
  }

  private static Duration half(Duration time) {
    return time.compareTo(LEAST) > 0 ? longer(time.dividedBy(2), LEAST) : time;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
