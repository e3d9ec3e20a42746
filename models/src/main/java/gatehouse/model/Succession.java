package gatehouse.model;

import gatehouse.alert.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A replaced credential and the one that replaced it: were both in use?
 *
 * @param predecessor uses and attempts of the replaced one
 * @param successor uses of the new one
 * @param zone whose days count
 */
record Succession(List<Evidence> predecessor, List<Evidence> successor, ZoneId zone) {

  /** What the uses of both look like. */
  enum Kind {
    /** Two hands: both are in use for days, or at nearly the same time. */
    LOST_USE,
    /** A day with a temporary badge, and back to the own one. */
    TEMPORARY
  }

  /** The successor's first use; null if there is none. */
  @Nullable Evidence change() {
    return successor.stream().min(Comparator.comparing(Evidence::time)).orElse(null);
  }

  /** The successor's use nearest to a time. */
  @Nullable Evidence nearest(Instant time) {
    return successor.stream()
        .min(Comparator.comparing(use -> Duration.between(use.time(), time).abs()))
        .orElse(null);
  }

  /**
   * Which it is.
   *
   * @param days both in use on so many days make two hands
   * @param interleaved a use between two of the successor's, and this close to one, makes two hands
   * @param sameHand but not at the same place within this time: somebody tries both
   */
  Kind kind(int days, Duration interleaved, Duration sameHand) {
    Evidence change = change();
    if (change == null) {
      return Kind.TEMPORARY;
    }
    List<Evidence> after =
        predecessor.stream().filter(use -> use.time().isAfter(change.time())).toList();
    boolean both = daysOf(after) >= days && daysOf(successor) >= days;
    boolean close =
        after.stream()
            .filter(old -> successor.stream().anyMatch(use -> use.time().isAfter(old.time())))
            .anyMatch(
                old -> successor.stream().anyMatch(use -> close(old, use, interleaved, sameHand)));
    return both || close ? Kind.LOST_USE : Kind.TEMPORARY;
  }

  private static boolean close(
      Evidence old, Evidence use, Duration interleaved, Duration sameHand) {
    Duration apart = Duration.between(old.time(), use.time()).abs();
    boolean oneHand = old.place().equals(use.place()) && apart.compareTo(sameHand) <= 0;
    return apart.compareTo(interleaved) <= 0 && !oneHand;
  }

  private int daysOf(List<Evidence> uses) {
    Set<LocalDate> days = new HashSet<>();
    uses.forEach(use -> days.add(LocalDate.ofInstant(use.time(), zone)));
    return days.size();
  }
}
