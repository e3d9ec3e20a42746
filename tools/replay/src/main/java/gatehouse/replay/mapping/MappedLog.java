package gatehouse.replay.mapping;

import gatehouse.replay.log.BadRow;
import gatehouse.replay.log.BadRowException;
import gatehouse.replay.log.CsvReader;
import gatehouse.replay.log.LogFile;
import gatehouse.replay.log.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A log as events in event-time order; of equal times in the order of the file.
 *
 * @param rows rows of the file, without header and comments
 * @param ignored rows that are no events by the mapping, or lie outside the time asked for
 * @param badRows how many rows could not become an event
 * @param firstBadRows the first of these, with their reasons
 * @param events the events
 */
public record MappedLog(
    int rows, int ignored, int badRows, List<BadRow> firstBadRows, List<LoggedEvent> events) {

  private static final int REASONS = 1000;
  private static final Comparator<LoggedEvent> BY_TIME =
      Comparator.comparing(logged -> logged.event().time());

  /**
   * Reads a log.
   *
   * @param file a path, or {@code -} for the standard input
   * @param from events before it are left out
   * @param to events from it on are left out
   * @throws gatehouse.replay.yaml.DocumentException if the log lacks a column of the mapping
   */
  public static MappedLog read(
      String file, Mapping mapping, String community, Stations stations, Instant from, Instant to)
      throws IOException {
    List<BadRow> bad = new ArrayList<>();
    List<LoggedEvent> events = new ArrayList<>();
    int badRows = 0;
    int rows = 0;
    int ignored = 0;
    EventMapper mapper = new EventMapper(mapping, community, stations);
    try (BufferedReader text = LogFile.open(file, mapping.dialect().encoding())) {
      CsvReader reader = new CsvReader(text, mapping.dialect(), bad::add);
      mapping.check(reader.columns());
      for (Row row = reader.next(); row != null; row = reader.next()) {
        rows++;
        try {
          List<LoggedEvent> found = new ArrayList<>(mapper.events(row));
          found.removeIf(
              logged ->
                  logged.event().time().isBefore(from) || !logged.event().time().isBefore(to));
          ignored += found.isEmpty() ? 1 : 0;
          events.addAll(found);
        } catch (BadRowException e) {
          badRows++;
          if (bad.size() < REASONS) {
            bad.add(new BadRow(row.line(), e.reason()));
          }
        }
      }
      badRows += reader.unreadable();
      rows += reader.unreadable();
    }
    bad.sort(Comparator.comparingInt(BadRow::line));
    events.sort(BY_TIME);
    return new MappedLog(rows, ignored, badRows, List.copyOf(bad), List.copyOf(events));
  }
}
