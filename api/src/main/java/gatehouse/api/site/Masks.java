package gatehouse.api.site;

/** Shortens what names a person or a vehicle, for readers who need not know it. */
public final class Masks {

  private static final int SHORT = 6;

  private Masks() {}

  /**
   * The beginning and the end; less of short ones. The same text gives the same mask, so that a
   * reader can still see that two rows are alike.
   */
  public static String mask(String text) {
    int length = text.codePointCount(0, text.length());
    if (length == 0) {
      return text;
    }
    int first = text.offsetByCodePoints(0, Math.min(length, length < SHORT ? 1 : 2));
    String head = text.substring(0, first);
    return length < SHORT
        ? head + "***"
        : head + "***" + text.substring(text.offsetByCodePoints(text.length(), -2));
  }
}
