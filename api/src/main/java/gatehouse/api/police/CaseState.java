package gatehouse.api.police;

/** Where a case stands. */
enum CaseState {
  /** Opened; a supervisor who did not open it has not approved yet. */
  REQUESTED,
  /** In force. */
  OPEN,
  /** Run out; a supervisor may give it more time. */
  EXPIRED,
  /** Ended for good. */
  CLOSED
}
