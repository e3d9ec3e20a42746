package gatehouse.api.police;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A look-up and its answer.
 *
 * @param state whether the answer may be shown
 * @param subjects how many different subjects the answer names
 * @param rows the answer; null while it waits, and in lists
 * @param truncated whether there is more than an answer may hold
 */
record LookUpView(
    String id,
    String caseId,
    String caseNumber,
    Question question,
    String askedBy,
    Instant askedAt,
    List<String> approvers,
    @Nullable State state,
    @Nullable Integer subjects,
    @Nullable List<Passage> rows,
    boolean truncated) {

  /** Whether the answer may be shown. */
  enum State {
    SHOWN,
    /** It names so many that a second person must approve. */
    WAITING
  }
}
