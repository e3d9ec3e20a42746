package gatehouse.api.accesslog;

import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180) that no spreadsheet takes for formulas: what begins like one gets an
 * apostrophe in front.
 */
public final class CsvText {

  private static final String FORMULA = "=+-@\t\r\n|%＝＋－＠";

  private CsvText() {}

  /** A line with its end. */
  public static String line(@Nullable Object... values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        line.append(',');
      }
      append(line, values[i] == null ? "" : String.valueOf(values[i]));
    }
    return line.append("\r\n").toString();
  }

  private static void append(StringBuilder line, String value) {
    line.append('"');
    String begin = value.stripLeading();
    if (!value.isEmpty()
        && (FORMULA.indexOf(value.charAt(0)) >= 0
            || (!begin.isEmpty() && FORMULA.indexOf(begin.charAt(0)) >= 0))) {
      line.append('\'');
    }
    line.append(value.replace("\"", "\"\"")).append('"');
  }
}
