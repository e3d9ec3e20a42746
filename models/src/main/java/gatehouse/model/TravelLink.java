package gatehouse.model;

import gatehouse.alert.Severity;

/**
 * Two sightings that nobody can have made alone.
 *
 * @param from the earlier
 * @param to the later
 * @param kind what was seen at its ends
 * @param leastSeconds least time for the way between them
 * @param metres straight distance; negative: not known
 * @param margin seconds beyond what is feasible
 * @param innocent probability that clocks or a false match make such a link
 * @param toldIn the community at which it was told; empty: it was not
 * @param toldAt the place at which it was told
 */
public record TravelLink(
    TravelSighting from,
    TravelSighting to,
    Kind kind,
    double leastSeconds,
    double metres,
    double margin,
    double innocent,
    String toldIn,
    String toldAt) {

  /** What was seen at the two ends. */
  public enum Kind {
    /** One credential twice: there is a copy of it. */
    SAME_CREDENTIAL(Severity.P2),
    /** Two credentials of one person: somebody else holds one of them. */
    TWO_CREDENTIALS(Severity.P3),
    CREDENTIAL_AND_FACE(Severity.P3),
    /** Two faces, both very alike and far too far away. */
    SURE_FACES(Severity.P3),
    /** Two faces: rather a false match, a matter of the cameras. */
    FACES(Severity.P4);

    private final Severity severity;

    Kind(Severity severity) {
      this.severity = severity;
    }

    Severity severity() {
      return severity;
    }
  }

  boolean told() {
    return !toldIn.isEmpty();
  }

  TravelLink told(String community, String place) {
    return new TravelLink(from, to, kind, leastSeconds, metres, margin, innocent, community, place);
  }
}
