package gatehouse.replay.log;

/** A row that cannot become an event. */
public final class BadRowException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With the reason, which names columns and what is wrong with their value. */
  public BadRowException(String reason) {
    super(reason);
  }

  /** What is wrong. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
