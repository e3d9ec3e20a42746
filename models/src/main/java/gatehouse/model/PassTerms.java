package gatehouse.model;

import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor's pass allows, in all its versions.
 *
 * @param versions in the order of recording
 * @param grace how much earlier or later than agreed a visitor may come
 */
record PassTerms(List<VisitorPass> versions, Duration grace) {

  /**
   * The version that covers the time; null if none does. A pass that was cut short before the use
   * has no grace: its host meant it.
   */
  @Nullable VisitorPass at(Instant time) {
    VisitorPass pass = Validity.at(versions, time);
    if (pass == null && !withdrawn(time)) {
      pass = Validity.at(versions, time.minus(grace));
    }
    return pass == null && !withdrawn(time) ? Validity.at(versions, time.plus(grace)) : pass;
  }

  /** Whether it would have covered the time, had it not been cut short before. */
  boolean withdrawn(Instant time) {
    return Validity.at(versions, time) == null
        && versions.stream().anyMatch(version -> version.entry().validAt(time))
        && !newest().entry().recordedAt().isAfter(time);
  }

  /** When it had ended at a time that it does not cover; null if it had not begun yet. */
  @Nullable Instant endBefore(Instant time) {
    Instant end = null;
    for (VisitorPass version : versions) {
      Instant to = version.entry().validTo();
      // The newest version counts, also where it cut an earlier one short.
      if (to != null && !to.isAfter(time) && !version.entry().validFrom().isAfter(time)) {
        end = to;
      }
    }
    return end;
  }

  /** When it begins. */
  Instant begin() {
    return versions.stream()
        .map(version -> version.entry().validFrom())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** When the last version ends; null if one has no end. */
  @Nullable Instant end() {
    Instant end = Instant.MIN;
    for (VisitorPass version : versions) {
      Instant to = version.entry().validTo();
      if (to == null) {
        return null;
      }
      end = to.isAfter(end) ? to : end;
    }
    return end;
  }

  VisitorPass newest() {
    return versions.get(versions.size() - 1);
  }
}
