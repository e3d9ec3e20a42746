package gatehouse.model.denied;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest attempts, oldest first.
 *
 * @param all at most as many as {@link #plus} was told
 */
public record Attempts(List<Attempt> all) {

  /** How many are kept of a door. */
  static final int AT_A_DOOR = 32;

  /** How many are kept of a credential or person. */
  static final int OF_A_SUBJECT = 16;

  /** None yet. */
  static final Attempts NONE = new Attempts(List.of());

  /** The same with one more. */
  Attempts plus(Attempt attempt, int limit) {
    List<Attempt> next = new ArrayList<>(all);
    next.add(attempt);
    if (next.size() > limit) {
      next.remove(0);
    }
    return new Attempts(List.copyOf(next));
  }

  /** Whether it is one of these seen again: the same subject at the same place within the gap. */
  boolean knows(Attempt attempt, Duration gap) {
    Instant from = attempt.time().minus(gap);
    return all.stream()
        .anyMatch(known -> known.sameSubject(attempt) && !known.lastAt().isBefore(from));
  }

  /** The same, the newest attempt of this subject being seen again. */
  Attempts seenAgain(Attempt attempt) {
    List<Attempt> next = new ArrayList<>(all);
    for (int i = next.size() - 1; i >= 0; i--) {
      if (next.get(i).sameSubject(attempt)) {
        next.set(i, next.get(i).seenAgain(attempt.time()));
        break;
      }
    }
    return new Attempts(List.copyOf(next));
  }

  /**
   * Those within this time before the newest, both ends included. Clocks of two doors may differ by
   * minutes; so at another door one counts as well if it was received within this time before the
   * newest was.
   */
  List<Attempt> across(Duration window, Attempt newest) {
    Instant from = newest.time().minus(window);
    Instant heardFrom = newest.heardAt().minus(window);
    return all.stream()
        .filter(
            attempt ->
                !attempt.time().isBefore(from)
                    || (!attempt.place().equals(newest.place())
                        && !attempt.heardAt().isBefore(heardFrom)))
        .toList();
  }

  /** Those within this time before {@code now}, both ends included. */
  List<Attempt> within(Duration window, Instant now) {
    Instant from = now.minus(window);
    return all.stream().filter(attempt -> !attempt.time().isBefore(from)).toList();
  }
}
