package gatehouse.replay.mapping;

import gatehouse.replay.log.BadRowException;
import gatehouse.replay.log.ColumnRef;
import gatehouse.replay.log.Row;
import java.util.List;
import java.util.function.Predicate;

/**
 * Something that a row fulfils or not: every column passes its test.
 *
 * @param tests the tests
 */
public record Condition(List<Test> tests) {

  /** Every row fulfils it. */
  public static final Condition ALWAYS = new Condition(List.of());

  /**
   * A test of one column.
   *
   * @param column the column
   * @param passes the test of its value
   */
  public record Test(ColumnRef column, Predicate<String> passes) {}

  /** Whether the row fulfils it. */
  public boolean holds(Row row) throws BadRowException {
    for (Test test : tests) {
      if (!test.passes().test(row.value(test.column()))) {
        return false;
      }
    }
    return true;
  }
}
