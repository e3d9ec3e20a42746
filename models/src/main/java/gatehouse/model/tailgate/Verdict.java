package gatehouse.model.tailgate;

import gatehouse.alert.Evidence;
import java.util.List;

/**
 * Whether an opening adds up.
 *
 * @param kind what it shows
 * @param persons how many passed inward
 * @param authorised how many were let in, or are known to the device
 * @param excess how many too many
 * @param confidence of the camera that all of them were persons
 * @param followers the passages beyond those let in
 * @param strangers the faces that follow somebody and that nothing explains
 */
public record Verdict(
    Kind kind,
    int persons,
    int authorised,
    int excess,
    double confidence,
    List<Evidence> followers,
    List<Face> strangers) {

  /** What an opening shows. */
  public enum Kind {
    /** Nobody too many. */
    CLEAN,
    /** Somebody too many, perhaps: counts as evidence against the door only. */
    EXCESS,
    /** More than one too many, seen clearly. */
    MANY,
    /** A stranger followed somebody who was let in. */
    STRANGER,
    /** Somebody passed where each must be let in on their own. */
    UNAUTHORISED;

    /** Whether it is an alert of its own. */
    public boolean alerts() {
      return this != CLEAN && this != EXCESS;
    }
  }
}
