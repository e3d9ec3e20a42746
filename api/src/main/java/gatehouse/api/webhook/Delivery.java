package gatehouse.api.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to send to one receiver, and how that went.
 *
 * @param id the header webhook-id: the same in every attempt, so that a receiver can drop what it
 *     has had
 * @param attempts in all
 * @param tries since it was made or replayed
 * @param giveUpAt from when on no further attempt is made
 * @param lastStatus HTTP status of the last answer; null: there was none
 * @param lastProblem why the last attempt failed; null: it did not
 */
record Delivery(
    UUID id,
    UUID subscription,
    String type,
    String payload,
    Instant createdAt,
    State state,
    Instant dueAt,
    Instant giveUpAt,
    int attempts,
    int tries,
    @Nullable Instant lastAt,
    @Nullable Integer lastStatus,
    @Nullable Problem lastProblem) {

  /** Where it is on its way. */
  enum State {
    WAITING,
    DELIVERED,
    FAILED
  }

  /** Why an attempt failed. */
  enum Problem {
    /** The address is none that a webhook may go to. */
    ADDRESS,
    /** The host has no address, or nobody listens there. */
    CONNECTION,
    /** The certificate is not the host's, or nobody's that is known. */
    TLS,
    /** No answer in time. */
    TIMEOUT,
    /** A redirect, which is not followed. */
    REDIRECT,
    /** Another status than 2xx. */
    STATUS
  }
}
