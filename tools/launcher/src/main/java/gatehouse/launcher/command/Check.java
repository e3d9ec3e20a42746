package gatehouse.launcher.command;

/**
 * One thing looked at.
 *
 * @param detail what was found, and if it is not good, what to do
 */
record Check(Level level, String name, String detail) {
  enum Level {
    GOOD("ok"),
    ODD("look"),
    BAD("BAD");

    private final String word;

    Level(String word) {
      this.word = word;
    }
  }

  static Check good(String name, String detail) {
    return new Check(Level.GOOD, name, detail);
  }

  static Check odd(String name, String detail) {
    return new Check(Level.ODD, name, detail);
  }

  static Check bad(String name, String detail) {
    return new Check(Level.BAD, name, detail);
  }

  String line() {
    return "  %-5s %-16s %s".formatted(level.word, name, detail);
  }
}
