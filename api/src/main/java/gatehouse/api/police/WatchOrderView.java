package gatehouse.api.police;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A watch order (布控) for one plate or one credential.
 *
 * @param id chosen by whoever asks for it
 * @param caseId the case
 * @param caseNumber its number
 * @param subjectType plate or credential
 * @param subject the plate or credential
 * @param legalBasis what allows it
 * @param communities where it holds
 * @param state whether it holds
 * @param askedBy user name
 * @param approvers user names of those who approved
 * @param expires when it ends by itself
 * @param effective since when it holds; null: not yet
 * @param version counts its changes; its ETag
 */
record WatchOrderView(
    String id,
    String caseId,
    String caseNumber,
    String subjectType,
    String subject,
    String legalBasis,
    List<String> communities,
    State state,
    String askedBy,
    Instant askedAt,
    List<String> approvers,
    Instant expires,
    @Nullable Instant effective,
    @Nullable Instant withdrawn,
    int version) {

  /** Where it stands. */
  enum State {
    /** Two others must approve, one of them a supervisor. */
    REQUESTED,
    ACTIVE,
    EXPIRED,
    WITHDRAWN
  }
}
