package gatehouse.model.lock;

import gatehouse.alert.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time from a release of the lock until it is reported locked.
 *
 * @param kinds what released it since, without repetition
 * @param first the first release
 * @param latest the latest release
 * @param judged whether it was judged since the latest release
 * @param misses how many times it was not locked in time
 * @param toldAt when its alert opened; null: it has none
 * @param urgent whether the alert has become urgent
 */
public record LockCycle(
    List<ReleaseKind> kinds,
    Evidence first,
    Evidence latest,
    boolean judged,
    int misses,
    @Nullable Instant toldAt,
    boolean urgent) {

  /** A cycle that begins with this release. */
  public static LockCycle begin(ReleaseKind kind, Evidence release) {
    return new LockCycle(List.of(kind), release, release, false, 0, null, false);
  }

  /** The same with one more release; that the lock is unlocked then follows from the others. */
  public LockCycle again(ReleaseKind kind, Evidence release) {
    List<ReleaseKind> all = new ArrayList<>(kinds);
    if (kind != ReleaseKind.UNLOCKED && !all.contains(kind)) {
      all.remove(ReleaseKind.UNLOCKED);
      all.add(kind);
    }
    return new LockCycle(List.copyOf(all), first, release, false, misses, toldAt, urgent);
  }

  /** The same, found not locked in time once more. */
  public LockCycle missed(Instant now) {
    return new LockCycle(
        kinds, first, latest, true, misses + 1, toldAt == null ? now : toldAt, urgent);
  }

  /** The same with an urgent alert. */
  public LockCycle nowUrgent() {
    return new LockCycle(kinds, first, latest, judged, misses, toldAt, true);
  }

  /** The same without its alert, to be judged again. */
  public LockCycle untold() {
    return new LockCycle(kinds, first, latest, false, 0, null, false);
  }
}
