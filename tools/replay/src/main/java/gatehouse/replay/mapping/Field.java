package gatehouse.replay.mapping;

import gatehouse.replay.log.BadRowException;
import gatehouse.replay.log.ColumnRef;
import gatehouse.replay.log.Row;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a field comes from: a constant, or columns joined, then translated.
 *
 * @param columns the columns; none for a constant
 * @param join put between the values of several columns
 * @param constant the value, if there are no columns
 * @param translation what values mean; null: themselves
 */
public record Field(
    List<ColumnRef> columns, String join, String constant, @Nullable Translation translation) {

  /** Always the same value. */
  public static Field constant(String value) {
    return new Field(List.of(), "", value, null);
  }

  /** The value in this row; empty if all its columns are empty. */
  public String text(Row row) throws BadRowException {
    String text = columns.isEmpty() ? constant : joined(row);
    return translation == null ? text : translation.of(text);
  }

  private String joined(Row row) throws BadRowException {
    if (columns.size() == 1) {
      return row.value(columns.get(0));
    }
    StringBuilder text = new StringBuilder();
    for (ColumnRef column : columns) {
      String part = row.value(column);
      if (!part.isEmpty()) {
        text.append(text.length() == 0 ? "" : join).append(part);
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return columns.isEmpty()
        ? "constant"
        : columns.stream().map(ColumnRef::toString).collect(Collectors.joining(", "));
  }
}
