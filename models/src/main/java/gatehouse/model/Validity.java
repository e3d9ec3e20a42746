package gatehouse.model;

import gatehouse.registry.Entry;
import gatehouse.registry.RegistryFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says of one thing at a time, out of several versions of it.
 *
 * <p>A version that was recorded later corrects an earlier one from its own beginning on, if the
 * two overlap; versions that do not overlap stand side by side.
 */
final class Validity {

  private static final Comparator<RegistryFact> AS_RECORDED =
      Comparator.comparing((RegistryFact fact) -> fact.entry().recordedAt())
          .thenComparing(RegistryFact::community)
          .thenComparing(RegistryFact::id);

  private Validity() {}

  /** The version that holds at the time; null if none does. */
  static <F extends RegistryFact> @Nullable F at(List<F> versions, Instant time) {
    F found = null;
    for (F version : versions) {
      if (version.entry().validAt(time)
          && !corrected(version, versions, time)
          && (found == null || AS_RECORDED.compare(version, found) > 0)) {
        found = version;
      }
    }
    return found;
  }

  /** The versions with one more, in the order of recording; the oldest fall out. */
  static <F extends RegistryFact> List<F> with(List<F> versions, F added, int limit) {
    List<F> all = new ArrayList<>(versions);
    all.removeIf(old -> old.id().equals(added.id()) && old.community().equals(added.community()));
    all.add(added);
    all.sort(AS_RECORDED);
    return List.copyOf(all.subList(Math.max(0, all.size() - limit), all.size()));
  }

  private static <F extends RegistryFact> boolean corrected(
      F version, List<F> versions, Instant time) {
    return versions.stream()
        .filter(other -> AS_RECORDED.compare(other, version) > 0)
        .map(RegistryFact::entry)
        .anyMatch(
            newer ->
                !newer.validFrom().isAfter(time)
                    && !newer.validAt(time)
                    && overlapsFrom(newer, version.entry().validFrom()));
  }

  /** Whether it ends after the other begins; one of no length annuls what begins with it. */
  private static boolean overlapsFrom(Entry newer, Instant begin) {
    Instant end = newer.validTo();
    return end == null
        || end.isAfter(begin)
        || (end.equals(begin) && end.equals(newer.validFrom()));
  }
}
