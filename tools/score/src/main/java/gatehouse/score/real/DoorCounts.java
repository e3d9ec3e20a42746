package gatehouse.score.real;

import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.score.real.FlowTrial.Span;
import gatehouse.site.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The half-hour counts of people at the main door of a building, ten weeks of them, with twenty
 * known events: UCI "CalIt2 Building People Counts". {@code calit2_counts_to_2005-09-30.csv} (time,
 * in or out, count) and {@code events_1_20.csv} (number, begin, end), half an hour of tolerance at
 * both ends.
 */
final class DoorCounts implements RealData {

  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private record Row(Instant time, Direction way, int count) {}

  @Override
  public String folder() {
    return "calit2";
  }

  @Override
  public String what() {
    return "flow-anomaly on half-hour counts at a door, first 20 events, causal";
  }

  @Override
  public String result(Path data) throws IOException {
    return counted(data).inWords();
  }

  /** A row is one count of a camera. */
  FlowTrial.Score counted(Path data) throws IOException {
    List<Fact> history = new ArrayList<>();
    List<Row> rows = rows(data);
    for (Row row : rows) {
      history.add(counted(history.size(), row));
    }
    return score(history, rows, data);
  }

  /** A row is as many uses of cards, spread over its half hour. */
  FlowTrial.Score eachPassage(Path data) throws IOException {
    List<Fact> history = new ArrayList<>();
    List<Row> rows = rows(data);
    for (Row row : rows) {
      for (int i = 0; i < row.count(); i++) {
        Instant time = row.time().plus(HALF_HOUR.multipliedBy(i).dividedBy(row.count()));
        history.add(passage(origin(history.size(), time), "card-" + i, row.way()));
      }
    }
    return score(history, rows, data);
  }

  private static FlowTrial.Score score(List<Fact> history, List<Row> rows, Path data)
      throws IOException {
    return FlowTrial.score(
        history,
        events(data),
        rows.get(0).time(),
        rows.get(rows.size() - 1).time().plus(HALF_HOUR));
  }

  private static List<Row> rows(Path data) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : lines(data.resolve("calit2_counts_to_2005-09-30.csv"))) {
      String[] column = line.split(",", -1);
      Direction way = column[1].equals("in") ? Direction.IN : Direction.OUT;
      rows.add(new Row(Instant.parse(column[0] + "Z"), way, Integer.parseInt(column[2])));
    }
    return rows;
  }

  private static List<Span> events(Path data) throws IOException {
    List<Span> events = new ArrayList<>();
    for (String line : lines(data.resolve("events_1_20.csv"))) {
      String[] column = line.split(",", -1);
      events.add(
          new Span(
              Instant.parse(column[1] + "Z").minus(HALF_HOUR),
              Instant.parse(column[2] + "Z").plus(HALF_HOUR)));
    }
    return events;
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.subList(1, lines.size());
  }

  private static Fact counted(int number, Row row) {
    return new TrackSighting(
        origin(number, row.time()),
        "count-" + number,
        TrackSighting.Kind.PERSON,
        null,
        null,
        row.count(),
        1,
        row.way(),
        "");
  }

  private static Fact passage(Origin origin, String card, Direction way) {
    return new AccessEvent(
        origin,
        card,
        CredentialType.CARD,
        "",
        null,
        null,
        way,
        Outcome.GRANTED,
        DenialReason.NONE,
        false,
        null);
  }

  private static Origin origin(int number, Instant time) {
    return new Origin(
        "row" + number,
        "campus",
        "door-counter",
        Place.of("main-door"),
        time,
        time,
        "",
        number,
        false,
        ClockQuality.UNKNOWN);
  }
}
