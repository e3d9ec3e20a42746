package gatehouse.model;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Two reads of one plate that one vehicle cannot have made.
 *
 * @param from the earlier read
 * @param to the later read
 * @param leastSeconds least time for the way between them
 * @param margin seconds beyond what is feasible
 * @param innocent probability that the link arises without a clone
 * @param cloned probability that it arises with one
 */
public record CloneLink(
    PlateSighting from,
    PlateSighting to,
    double leastSeconds,
    double margin,
    double innocent,
    double cloned) {

  private static final Duration APART = Duration.ofHours(2);

  /** Whether it tells something that the other does not. */
  boolean independentOf(CloneLink other) {
    boolean apart =
        Duration.between(other.to.time(), to.time()).abs().compareTo(APART) >= 0
            && !other.to.device().equals(to.device());
    return apart || !other.to.day().equals(to.day());
  }

  /**
   * Whether the same other plate, misread, would explain an end of both. A dirty plate is misread
   * again and again, so that such links are one.
   *
   * @param credible probability from which on it is an explanation
   */
  boolean sameExcuse(CloneLink other, double credible) {
    return Stream.of(from, to)
        .filter(read -> read.alternativeLikelihood() >= credible)
        .anyMatch(read -> other.hasExcuse(read.alternative(), credible));
  }

  /** Natural logarithm of the likelihood ratio for a clone. */
  double logRatio() {
    return Math.log(cloned / innocent);
  }

  private boolean hasExcuse(String plate, double credible) {
    return Stream.of(from, to)
        .anyMatch(
            read -> read.alternativeLikelihood() >= credible && read.alternative().equals(plate));
  }
}
