package gatehouse.event;

/** Which way somebody or something passed a place. */
public enum Direction {
  IN,
  OUT,
  UNKNOWN
}
