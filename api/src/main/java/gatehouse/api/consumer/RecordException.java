package gatehouse.api.consumer;

/** A record that can never be written. The message says what is wrong, never a value. */
public final class RecordException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public RecordException(String wrong) {
    super(wrong);
  }
}
