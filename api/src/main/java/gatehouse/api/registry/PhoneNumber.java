package gatehouse.api.registry;

import java.util.regex.Pattern;

/** Phone numbers: a mobile number of the mainland, or an international one (ITU-T E.164). */
public final class PhoneNumber {

  private static final Pattern FORM = Pattern.compile("1[3-9][0-9]{9}|\\+[1-9][0-9]{6,14}");

  private PhoneNumber() {}

  /**
   * The number without spaces and hyphens.
   *
   * @throws InvalidField if it is none
   */
  public static String check(String field, String text) throws InvalidField {
    String number = text.replaceAll("[ -]", "");
    if (!FORM.matcher(number).matches()) {
      throw new InvalidField(field, "phone-form");
    }
    return number;
  }
}
