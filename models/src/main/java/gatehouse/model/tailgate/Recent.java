package gatehouse.model.tailgate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened at the door lately and may belong to an opening that is about to begin; each list
 * holds at most {@value #LIMIT}, the newest at the end.
 *
 * @param crossings passages inward
 * @param faces faces at the door
 * @param leaving when somebody asked to leave
 */
public record Recent(List<Crossing> crossings, List<Face> faces, List<Instant> leaving) {

  /** Nothing. */
  public static final Recent NONE = new Recent(List.of(), List.of(), List.of());

  private static final int LIMIT = 8;

  /** The same with a passage. */
  public Recent plus(Crossing crossing) {
    return new Recent(newest(crossings, crossing), faces, leaving);
  }

  /** The same with a face. */
  public Recent plus(Face face) {
    return new Recent(crossings, newest(faces, face), leaving);
  }

  /** The same with somebody who asked to leave. */
  public Recent plus(Instant asked) {
    return new Recent(crossings, faces, newest(leaving, asked));
  }

  /** The cycle with those of all that since these times. */
  public Cycle join(Cycle cycle, Instant crossingsFrom, Instant facesFrom) {
    Cycle joined = cycle;
    for (Crossing crossing : crossings) {
      if (!crossing.seen().time().isBefore(crossingsFrom)) {
        joined = joined.plus(crossing);
      }
    }
    for (Face face : faces) {
      if (!face.seen().time().isBefore(facesFrom)) {
        joined = joined.plus(face);
      }
    }
    long asked = leaving.stream().filter(at -> !at.isBefore(facesFrom)).count();
    return joined.leaving(0, (int) asked, 0, false);
  }

  private static <T> List<T> newest(List<T> all, T one) {
    List<T> next = new ArrayList<>(all);
    next.add(one);
    return List.copyOf(next.subList(Math.max(0, next.size() - LIMIT), next.size()));
  }
}
