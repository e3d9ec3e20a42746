package gatehouse.api.credential;

/** How far a terminal's list is from what the registry says of one credential. */
public enum SyncState {
  /** The registry says something that was not sent yet. */
  PENDING,
  /** Sent; the terminal has not proved it. */
  SENT,
  /** A read-back of the terminal's list shows exactly what the registry says. */
  CONFIRMED,
  /** A read-back showed what nobody had sent: something was changed on site, or lost. */
  DRIFT,
  /** The terminal is away and goes on with the list it has; it gets the rest when it is back. */
  OFFLINE
}
