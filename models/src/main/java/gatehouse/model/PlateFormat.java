package gatehouse.model;

import java.util.regex.Pattern;

/**
 * Whether a mainland Chinese plate can exist (GA 36-2018): a province character, a letter, and five
 * characters, or six on the green plates of new-energy vehicles; no letters I and O in them.
 */
final class PlateFormat {

  /** Province, office, five or six characters; the last may say what the plate is for. */
  private static final Pattern CIVIL =
      Pattern.compile("\\p{IsHan}[A-Z][0-9A-HJ-NP-Z]{4,5}[0-9A-HJ-NP-Z警学挂港澳试超临领使]");

  /** Embassies, airports, fire service: other patterns, not judged. */
  private static final Pattern SPECIAL = Pattern.compile("(使|民航).*|.*应急");

  private static final int PLAIN = 7;
  private static final int NEW_ENERGY = 8;

  private PlateFormat() {}

  /**
   * What is impossible about it.
   *
   * @param plate canonical plate
   * @param plateColour its colour as read, empty if unknown
   * @return a code; empty if nothing is, or if it is no mainland plate
   */
  static String fault(String plate, String plateColour) {
    if (!judged(plate)) {
      return "";
    } else if (!CIVIL.matcher(plate).matches()) {
      return "malformed";
    } else if (plateColour.contains("green") && plate.length() == PLAIN) {
      return "green-too-short";
    }
    boolean plain =
        plateColour.equals("blue") || plateColour.equals("white") || plateColour.equals("black");
    return plain && plate.length() == NEW_ENERGY ? "plain-too-long" : "";
  }

  /** Whether the pattern and the colour are known well enough to say that it can exist. */
  static boolean sound(String plate, String plateColour) {
    return judged(plate) && !plateColour.isEmpty() && fault(plate, plateColour).isEmpty();
  }

  private static boolean judged(String plate) {
    return !plate.isEmpty()
        && Character.UnicodeScript.of(plate.codePointAt(0)) == Character.UnicodeScript.HAN
        && !SPECIAL.matcher(plate).matches();
  }
}
