package gatehouse.replay.log;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a log is written.
 *
 * @param delimiter between columns, one or more characters
 * @param quote around values that hold a delimiter or a line break; null: there are no quotes
 * @param header whether the first row names the columns
 * @param names names of the columns, where the log has none or other ones are wanted; may be empty
 * @param encoding of the file; a byte order mark wins over it
 * @param skipLines lines to leave out at the top
 * @param comment lines that begin with it are left out; null: there are none
 */
public record CsvDialect(
    String delimiter,
    @Nullable Character quote,
    boolean header,
    List<String> names,
    Charset encoding,
    int skipLines,
    @Nullable String comment) {

  /** Commas, double quotes, a header, UTF-8. */
  public static final CsvDialect PLAIN =
      new CsvDialect(",", '"', true, List.of(), StandardCharsets.UTF_8, 0, null);
}
