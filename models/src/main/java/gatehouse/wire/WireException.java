package gatehouse.wire;

/** Bytes that are not what they should be. The message names the field, never its value. */
public final class WireException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With a reason that may be shown and logged. */
  public WireException(String reason) {
    super(reason);
  }
}
