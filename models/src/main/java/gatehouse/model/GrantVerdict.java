package gatehouse.model;

import java.time.Instant;

/**
 * Why a use is not covered by any grant.
 *
 * @param reason why
 * @param boundary when the grant ended, or for one that was not valid yet when it begins; for other
 *     reasons the time of the use
 */
record GrantVerdict(Reason reason, Instant boundary) {

  /** What is wrong with the grant. */
  enum Reason {
    LEASE_ENDED,
    PASS_ENDED,
    EXPIRED,
    REVOKED,
    LOST,
    MOVED_OUT,
    SUPERSEDED,
    NOT_YET_VALID,
    TOO_MANY_USES,
    WRONG_PLACE
  }

  static GrantVerdict of(Reason reason, Instant boundary) {
    return new GrantVerdict(reason, boundary);
  }
}
