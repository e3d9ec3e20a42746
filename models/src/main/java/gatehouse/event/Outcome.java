package gatehouse.event;

/** What the access point decided. */
public enum Outcome {
  GRANTED,
  DENIED,
  /** The log does not say; a passage happened. */
  UNKNOWN
}
