package gatehouse.replay.log;

/**
 * A column by its name or number.
 *
 * @param name its name; empty: by number
 * @param number its number from 1; 0: by name
 * @param where where the reference stands, for messages
 */
public record ColumnRef(String name, int number, String where) {

  @Override
  public String toString() {
    return name.isEmpty() ? "column " + number : "column '" + name + "'";
  }
}
