package gatehouse.model.lock;

import gatehouse.stats.BetaPosterior;
import java.util.ArrayList;
import java.util.List;

/**
 * How faithfully a door reports its lock after each kind of release: releases after which it
 * reported locked in time, and others. Counts are halved when they grow beyond a limit, so that old
 * ones fade.
 *
 * @param counts one entry a kind that was seen
 */
public record LockHabit(List<Count> counts) {

  /** Nothing seen yet. */
  public static final LockHabit NONE = new LockHabit(List.of());

  /**
   * After one kind of release.
   *
   * @param kind the kind
   * @param relocked how often it reported locked in time
   * @param missed how often it did not
   */
  public record Count(ReleaseKind kind, double relocked, double missed) {}

  /** The same with one more release. */
  public LockHabit plus(ReleaseKind kind, boolean relocked, int limit) {
    Count before = count(kind);
    double yes = before.relocked() + (relocked ? 1 : 0);
    double no = before.missed() + (relocked ? 0 : 1);
    double fade = yes + no > limit ? 0.5 : 1;
    List<Count> next = new ArrayList<>(counts);
    next.remove(before);
    next.add(new Count(kind, yes * fade, no * fade));
    return new LockHabit(List.copyOf(next));
  }

  /** How often it reported locked in time after the least known of these kinds. */
  public double relocked(List<ReleaseKind> kinds) {
    return kinds.stream().mapToDouble(kind -> count(kind).relocked()).min().orElse(0);
  }

  /** The expected share of releases after which a door that locks does not say so in time. */
  public double missedShare(List<ReleaseKind> kinds, double priorMissed, double priorRelocked) {
    return kinds.stream()
        .map(this::count)
        .mapToDouble(
            count ->
                new BetaPosterior(priorMissed + count.missed(), priorRelocked + count.relocked())
                    .mean())
        .max()
        .orElse(1);
  }

  private Count count(ReleaseKind kind) {
    return counts.stream()
        .filter(count -> count.kind() == kind)
        .findFirst()
        .orElse(new Count(kind, 0, 0));
  }
}
