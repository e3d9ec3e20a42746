package gatehouse.replay.yaml;

/** A file is not what it should be. Names file, line and key, and on the next line what to try. */
public final class DocumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong where, and what may be meant. */
  public DocumentException(String where, String wrong, String maybe) {
    super(where + ": " + wrong + System.lineSeparator() + "  Maybe " + maybe);
  }
}
