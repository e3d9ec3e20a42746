package gatehouse.replay.log;

import java.util.List;

/**
 * A row of a log.
 *
 * @param line line of the file on which it begins, from 1
 * @param values its values from left to right, without the white space around them
 * @param columns what they are called
 */
public record Row(int line, List<String> values, Columns columns) {

  private static final char REPLACEMENT = '\uFFFD';

  /**
   * The value in a column.
   *
   * @throws BadRowException if the row is too short, or the value is not in the file's encoding
   */
  public String value(ColumnRef ref) throws BadRowException {
    int index = columns.index(ref);
    if (index >= values.size()) {
      throw new BadRowException(
          "has "
              + values.size()
              + " columns, so there is no "
              + ref
              + ", the "
              + (index + 1)
              + ".");
    }
    String value = values.get(index);
    if (value.indexOf(REPLACEMENT) >= 0) {
      throw new BadRowException(ref + " holds bytes that are not of the encoding given.");
    }
    return value;
  }
}
