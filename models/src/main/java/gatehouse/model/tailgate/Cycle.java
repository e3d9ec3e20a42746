package gatehouse.model.tailgate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One opening of a door, from the first grant until it is over; each list holds at most {@value
 * #LIMIT}.
 *
 * @param zone where it leads, as far as it matters
 * @param from time of the first grant
 * @param active time of the newest grant, passage or face
 * @param opened whether the contact opened
 * @param closedAt when the contact closed; null: it has not
 * @param grants who was let in
 * @param crossings who was seen to pass inward
 * @param faces faces seen at the door
 * @param leftCount how many were seen to pass outward
 * @param leaving how many asked to leave
 * @param aids prams and wheelchairs: who sits in one, or pushes it, needs no grant
 * @param open whether the number let in is not known: opened remotely or with a key
 * @param judged whether it was judged since something last happened
 * @param told whether it became an alert
 */
public record Cycle(
    Area zone,
    Instant from,
    Instant active,
    boolean opened,
    @Nullable Instant closedAt,
    List<Grant> grants,
    List<Crossing> crossings,
    List<Face> faces,
    int leftCount,
    int leaving,
    int aids,
    boolean open,
    boolean judged,
    boolean told) {

  private static final int LIMIT = 16;

  /**
   * Where a door leads.
   *
   * @param timeZone of the door
   * @param strict whether each one must be let in on their own: turnstiles, anti-tailgating areas
   * @param sensitivity of the area
   * @param contact whether the door reports open and closed
   */
  public record Area(String timeZone, boolean strict, int sensitivity, boolean contact) {}

  /** A cycle that begins with this grant. */
  public static Cycle begin(Area zone, Grant grant, boolean doorOpen, boolean unknownNumber) {
    Instant at = grant.use().time();
    return new Cycle(
        zone,
        at,
        at,
        doorOpen,
        null,
        List.of(grant),
        List.of(),
        List.of(),
        0,
        0,
        0,
        unknownNumber,
        false,
        false);
  }

  /** The same with one more grant; the same credential again within {@code rebadge} is the same. */
  public Cycle plus(Grant grant, boolean unknownNumber, Duration rebadge) {
    Instant at = grant.use().time();
    boolean again =
        grants.stream()
            .anyMatch(
                known ->
                    !known.credential().isEmpty()
                        && known.credential().equals(grant.credential())
                        && !known.use().time().plus(rebadge).isBefore(at));
    return with(at, again ? grants : more(grants, grant), crossings, faces)
        .leaving(0, 0, 0, unknownNumber);
  }

  /** The same with somebody who passed; the same track again is the same person. */
  public Cycle plus(Crossing crossing) {
    boolean known = crossings.stream().anyMatch(one -> one.track().equals(crossing.track()));
    return known ? this : with(crossing.seen().time(), grants, more(crossings, crossing), faces);
  }

  /** The same with a face; the same subject again is the same person. */
  public Cycle plus(Face face) {
    boolean known =
        faces.stream()
            .anyMatch(
                one ->
                    one.registered() == face.registered() && one.subject().equals(face.subject()));
    return known ? this : with(face.seen().time(), grants, crossings, more(faces, face));
  }

  /**
   * The passages that outnumber the grants and come at or after this time; they may belong to a
   * grant that is about to come.
   */
  public List<Crossing> surplusSince(Instant time) {
    int surplus = persons() - grants.size();
    List<Crossing> late = new ArrayList<>();
    for (int i = crossings.size() - 1; i >= 0 && late.size() < surplus; i--) {
      if (!crossings.get(i).seen().time().isBefore(time)) {
        late.add(0, crossings.get(i));
      }
    }
    return List.copyOf(late);
  }

  /** How many passed inward, as the camera counts. */
  public int persons() {
    return crossings.stream().mapToInt(Crossing::count).sum();
  }

  /** The same without these passages. */
  public Cycle without(List<Crossing> gone) {
    return with(
        active, grants, crossings.stream().filter(one -> !gone.contains(one)).toList(), faces);
  }

  /** The same with people who left, wanted to, or need no grant. */
  public Cycle leaving(int moreLeft, int moreLeaving, int moreAids, boolean unknownNumber) {
    return new Cycle(
        zone,
        from,
        active,
        opened,
        closedAt,
        grants,
        crossings,
        faces,
        leftCount + moreLeft,
        leaving + moreLeaving,
        aids + moreAids,
        open || unknownNumber,
        judged,
        told);
  }

  /** The same with the contact opened, or closed at that time. */
  public Cycle contact(@Nullable Instant closed) {
    return new Cycle(
        zone, from, active, true, closed, grants, crossings, faces, leftCount, leaving, aids, open,
        judged, told);
  }

  /** The same, judged. */
  public Cycle judged(boolean asAlert) {
    return new Cycle(
        zone,
        from,
        active,
        opened,
        closedAt,
        grants,
        crossings,
        faces,
        leftCount,
        leaving,
        aids,
        open,
        true,
        told || asAlert);
  }

  private Cycle with(
      Instant at, List<Grant> nextGrants, List<Crossing> nextCrossings, List<Face> nextFaces) {
    return new Cycle(
        zone,
        from,
        at.isAfter(active) ? at : active,
        opened,
        closedAt,
        nextGrants,
        nextCrossings,
        nextFaces,
        leftCount,
        leaving,
        aids,
        open,
        false,
        told);
  }

  private static <T> List<T> more(List<T> all, T one) {
    if (all.size() >= LIMIT) {
      return all;
    }
    List<T> next = new ArrayList<>(all);
    next.add(one);
    return List.copyOf(next);
  }
}
