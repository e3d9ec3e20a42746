package gatehouse.api.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Codes of administrative divisions (GB/T 2260): province, prefecture, county. The table is that of
 * {@literal @}vant/area-data 2.1.0 (MIT licence).
 */
final class RegionCodes {

  private static final Map<String, String> NAMES = read();

  private RegionCodes() {}

  /** Whether these two digits are those of a province. */
  static boolean isProvince(String twoDigits) {
    return NAMES.containsKey(twoDigits + "0000");
  }

  /**
   * The code, if there is a division of that code.
   *
   * @throws InvalidField if there is none
   */
  static String check(String field, String code) throws InvalidField {
    if (!NAMES.containsKey(code)) {
      throw new InvalidField(field, "region-code");
    }
    return code;
  }

  private static Map<String, String> read() {
    Map<String, String> names = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    RegionCodes.class.getResourceAsStream("region-codes.csv"),
                    "region-codes.csv is part of the program"),
                StandardCharsets.UTF_8))) {
      lines.lines().skip(1).forEach(line -> names.put(line.substring(0, 6), line.substring(7)));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
