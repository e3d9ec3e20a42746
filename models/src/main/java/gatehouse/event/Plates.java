package gatehouse.event;

import java.text.Normalizer;
import java.util.Locale;

/** Number plates as text. */
public final class Plates {

  private Plates() {}

  /**
   * The canonical form of a plate: upper case, full-width letters and digits as ASCII, separators
   * and white space removed. What cameras write for "no plate" gives the empty string.
   */
  public static String canonical(String raw) {
    String folded = Normalizer.normalize(raw, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    StringBuilder plate = new StringBuilder(folded.length());
    folded.codePoints().filter(Character::isLetterOrDigit).forEach(plate::appendCodePoint);
    return switch (plate.toString()) {
      case "无牌", "无车牌", "未识别", "无", "车牌", "UNKNOWN", "NOPLATE", "NULL" -> "";
      default -> plate.toString();
    };
  }
}
