package gatehouse.config;

/** The configuration is not fit to start with. Names the key, never its value. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong, and on the next line what to try. */
  public ConfigException(String wrong, String maybe) {
    super(wrong + System.lineSeparator() + "Maybe " + maybe);
  }
}
