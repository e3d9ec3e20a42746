package gatehouse.replay.mapping;

import gatehouse.replay.log.ColumnRef;
import gatehouse.replay.log.Columns;
import gatehouse.replay.log.CsvDialect;
import java.util.List;

/**
 * What the columns of a log mean.
 *
 * @param dialect how it is written
 * @param times how its times are written
 * @param ignore rows that fulfil one of these are left out and not reported
 * @param events the events that a row may stand for
 * @param all whether a row stands for every event whose condition it fulfils, not for the first
 *     only
 */
public record Mapping(
    CsvDialect dialect,
    TimeReader times,
    List<Condition> ignore,
    List<EventRule> events,
    boolean all) {

  /**
   * Looks whether the log has every column that is mentioned.
   *
   * @throws gatehouse.replay.yaml.DocumentException naming the first that it has not
   */
  public void check(Columns columns) {
    for (Condition condition : ignore) {
      check(condition, columns);
    }
    for (EventRule rule : events) {
      check(rule.when(), columns);
      for (Field field : rule.fields().values()) {
        for (ColumnRef column : field.columns()) {
          columns.index(column);
        }
      }
    }
  }

  private static void check(Condition condition, Columns columns) {
    condition.tests().forEach(test -> columns.index(test.column()));
  }
}
