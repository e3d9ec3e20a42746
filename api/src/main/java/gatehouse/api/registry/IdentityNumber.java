package gatehouse.api.registry;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Citizen identity numbers (GB 11643-1999): six digits of the region, eight of the date of birth,
 * three of sequence, one check character by ISO 7064, MOD 11-2. Nothing is ever concluded from what
 * the number says of birth, place or sex.
 */
public final class IdentityNumber {

  private static final Pattern FORM = Pattern.compile("[0-9]{17}[0-9X]");
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECK_CHARACTERS = "10X98765432";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  private IdentityNumber() {}

  /**
   * The number in its canonical form.
   *
   * @throws InvalidField if it is none
   */
  public static String check(String field, String text, LocalDate today) throws InvalidField {
    String number = text.strip().toUpperCase(Locale.ROOT);
    if (!FORM.matcher(number).matches()) {
      throw new InvalidField(field, "identity-form");
    }
    if (number.charAt(17) != checkCharacter(number)) {
      throw new InvalidField(field, "identity-check");
    }
    // Districts come and go, and old numbers stay: only the province can be checked.
    if (!RegionCodes.isProvince(number.substring(0, 2))) {
      throw new InvalidField(field, "identity-region");
    }
    try {
      LocalDate born = LocalDate.parse(number.substring(6, 14), DATE);
      if (born.isAfter(today) || born.getYear() < 1900) {
        throw new InvalidField(field, "identity-date");
      }
    } catch (DateTimeException e) {
      throw new InvalidField(field, "identity-date");
    }
    return number;
  }

  private static char checkCharacter(String number) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (number.charAt(i) - '0');
    }
    return CHECK_CHARACTERS.charAt(sum % 11);
  }
}
