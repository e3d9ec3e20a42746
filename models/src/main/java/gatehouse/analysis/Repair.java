package gatehouse.analysis;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Attention;
import gatehouse.alert.Explanation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What events change that came behind the watermark. The stored history is replayed without and
 * with them; only the difference is published, so whatever else the two replays do not know (older
 * history, learned states) cancels out.
 */
public final class Repair {

  /** Why an alert is taken back. */
  public static final String EXPLAINED = "repair.explained-by-late-events";

  /**
   * How far a retraction is ahead of the alert it takes back, so that the live job, which does not
   * know of it, cannot undo it.
   */
  private static final int FINAL = 1000;

  private Repair() {}

  /**
   * The alert revisions to publish.
   *
   * <p>An alert that only the late events show is {@link Attention#HISTORIC}. One that they explain
   * is retracted. One that ended differently is revised; an alert that is still open is left to the
   * live job.
   *
   * @param without last revisions of the history without the late events
   * @param with last revisions of the whole history
   * @param now when they became known
   */
  public static List<Alert> difference(List<Alert> without, List<Alert> with, Instant now) {
    Map<String, Alert> before = new LinkedHashMap<>();
    without.forEach(alert -> before.put(alert.id(), alert));
    List<Alert> difference = new ArrayList<>();
    for (Alert alert : with) {
      Alert known = before.remove(alert.id());
      if (known == null) {
        if (alert.state() != AlertState.RETRACTED) {
          difference.add(alert.asking(Attention.HISTORIC));
        }
      } else if (alert.state() != AlertState.OPEN && !same(alert, known)) {
        difference.add(alert.revised(Math.max(alert.revision(), known.revision()) + 1));
      }
    }
    for (Alert explained : before.values()) {
      if (explained.state() != AlertState.RETRACTED) {
        difference.add(
            explained
                .ended(AlertState.RETRACTED, now, new Explanation(EXPLAINED, Map.of()))
                .revised(explained.revision() + FINAL));
      }
    }
    return List.copyOf(difference);
  }

  private static boolean same(Alert one, Alert other) {
    return one.revised(0).equals(other.revised(0));
  }
}
