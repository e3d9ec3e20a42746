package gatehouse.score.real;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
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
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Loops in the roads of Minnesota, with labelled windows: the real traffic series of the Numenta
 * Anomaly Benchmark (Lavin, Ahmad 2015). {@code NAME.csv} (timestamp, value) and {@code
 * GROUND_TRUTH.json}, which has the windows.
 *
 * <p>Occupancy, the share of time in which a vehicle stands on the loop, grows with the number of
 * vehicles: each reading is told as that many vehicles counted, which is a stand-in for a count.
 * (Told as they come, with one to seven readings a half hour, sums would be of the readings'
 * number: a third of all time is flagged then. So a reading holds until the next one.) Speed and
 * travel time are means and no counts; no model here judges a mean, so they are not run.
 */
final class RoadLoops implements RealData {

  /** The series that can stand for counts. */
  static final List<String> OCCUPANCY = List.of("occupancy_6005", "occupancy_t4013");

  /** Those that cannot. */
  static final List<String> MEANS =
      List.of("speed_6005", "speed_7578", "speed_t4013", "TravelTime_387", "TravelTime_451");

  private static final Duration READING = Duration.ofMinutes(5);
  private static final Duration HOLDS = Duration.ofMinutes(30);
  private static final Pattern DAY_AND_TIME = Pattern.compile("(\\S+) (\\d\\d:\\d\\d:\\d\\d).*");

  @Override
  public String folder() {
    return "nab";
  }

  @Override
  public String what() {
    return "flow-anomaly on the occupancy of two road loops, labelled windows, causal";
  }

  @Override
  public String result(Path data) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String series : OCCUPANCY) {
      text.append(series).append(": ").append(score(data, series).inWords()).append("; ");
    }
    return text.append(MEANS.size())
        .append(" series of speed and travel time do not fit: they are means, not counts")
        .toString();
  }

  private record Reading(Instant time, double value) {}

  /** Replays a series. */
  FlowTrial.Score score(Path data, String series) throws IOException {
    List<Reading> readings = readings(data.resolve(series + ".csv"));
    Instant begin = readings.get(0).time();
    Instant end = readings.get(readings.size() - 1).time().plus(READING);
    return FlowTrial.score(counts(series, readings, end), windows(data, series), begin, end);
  }

  /**
   * A count every five minutes. A reading holds until the next one, for it is a rate and readings
   * are missing; after half an hour without one the loop is taken to be out of order.
   */
  private static List<Fact> counts(String series, List<Reading> readings, Instant end) {
    List<Fact> history = new ArrayList<>();
    boolean inOrder = true;
    int latest = 0;
    for (Instant at = readings.get(0).time(); at.isBefore(end); at = at.plus(READING)) {
      while (latest + 1 < readings.size() && !readings.get(latest + 1).time().isAfter(at)) {
        latest++;
      }
      boolean holds = at.isBefore(readings.get(latest).time().plus(HOLDS));
      if (holds != inOrder) {
        history.add(
            status(
                history.size(),
                series,
                at,
                holds ? DeviceStatus.State.ONLINE : DeviceStatus.State.OFFLINE));
        inOrder = holds;
      }
      if (holds) {
        int vehicles = (int) Math.round(readings.get(latest).value());
        history.add(counted(history.size(), series, at, vehicles));
      }
    }
    return history;
  }

  private static List<Reading> readings(Path file) throws IOException {
    List<Reading> readings = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.indexOf(',');
      readings.add(
          new Reading(
              time(line.substring(0, comma)), Double.parseDouble(line.substring(comma + 1))));
    }
    readings.sort(Comparator.comparing(Reading::time));
    return readings;
  }

  private static List<Span> windows(Path data, String series) throws IOException {
    JsonNode truth = JsonMapper.shared().readTree(data.resolve("GROUND_TRUTH.json"));
    List<Span> windows = new ArrayList<>();
    for (JsonNode window : truth.path("realTraffic/" + series + ".csv").path("windows")) {
      windows.add(new Span(time(window.path(0).asString()), time(window.path(1).asString())));
    }
    return windows;
  }

  /** The log's times are local; which zone makes no difference to a week's pattern. */
  private static Instant time(String text) {
    Matcher match = DAY_AND_TIME.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("not a time of the log: " + text);
    }
    return Instant.parse(match.group(1) + 'T' + match.group(2) + 'Z');
  }

  private static Fact status(int number, String loop, Instant time, DeviceStatus.State state) {
    return new DeviceStatus(origin(number, loop, time), state, "", List.of(), null, null);
  }

  private static Origin origin(int number, String loop, Instant time) {
    return new Origin(
        "row" + number,
        "road",
        loop,
        Place.of(loop),
        time,
        time,
        "",
        number,
        false,
        ClockQuality.UNKNOWN);
  }

  private static Fact counted(int number, String loop, Instant time, int vehicles) {
    return new TrackSighting(
        origin(number, loop, time),
        "count-" + number,
        TrackSighting.Kind.VEHICLE,
        null,
        null,
        vehicles,
        1,
        Direction.UNKNOWN,
        "");
  }
}
