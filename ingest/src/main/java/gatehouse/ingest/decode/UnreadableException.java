package gatehouse.ingest.decode;

/** Bytes that are no message. The text names the field that is wrong, never a value. */
public final class UnreadableException extends Exception {

  private static final long serialVersionUID = 1L;

  /** How far reading came. */
  public enum Kind {
    /** The bytes are not even of the format's syntax. */
    SYNTAX,
    /** The syntax is right, the content is not: a firmware that changed a field looks like this. */
    SCHEMA,
    /** A text holds what no store can keep. */
    TEXT
  }

  private final Kind kind;

  /** Says how far reading came, and what is wrong. */
  public UnreadableException(Kind kind, String wrong) {
    super(wrong, null, false, false);
    this.kind = kind;
  }

  /** How far reading came. */
  public Kind kind() {
    return kind;
  }
}
