package gatehouse.api.registry;

import gatehouse.event.Plates;
import java.util.regex.Pattern;

/**
 * Number plates of motor vehicles (GA 36-2018): province, issuing office, serial without I and O;
 * eight characters for new energy; 学 警 挂 港 澳 使 领 at the end.
 */
public final class PlateNumber {

  private static final String PROVINCE = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]";
  private static final String OFFICE = "[A-HJ-NP-Z]";
  private static final String SERIAL = "[A-HJ-NP-Z0-9]";

  private static final Pattern FORM =
      Pattern.compile(
          PROVINCE
              + OFFICE
              + "(?:"
              // Ordinary, and with a mark in the last place.
              + ("(?!" + "[A-Z]{5})" + SERIAL + "{5}")
              + ("|" + SERIAL + "{4}[学警挂港澳领]")
              // New energy: small vehicles say so in the first place of the serial, large ones in
              // the last.
              + ("|[A-HJK]" + SERIAL + "[0-9]{4}")
              + "|[0-9]{5}[A-HJK]"
              + ")"
              + "|使[0-9]{6}|[0-9]{6}使");

  private PlateNumber() {}

  /**
   * The plate in its canonical form.
   *
   * @throws InvalidField if it has none of the forms
   */
  public static String check(String field, String text) throws InvalidField {
    String plate = Plates.canonical(text);
    if (!FORM.matcher(plate).matches()) {
      throw new InvalidField(field, "plate-form");
    }
    return plate;
  }
}
