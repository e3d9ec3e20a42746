package gatehouse.score.real;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Severity;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.event.SensorReading;
import gatehouse.event.SensorReading.Kind;
import gatehouse.fact.Fact;
import gatehouse.model.FireAnomaly;
import gatehouse.model.SensorFusion;
import gatehouse.site.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * The smoke-detector log of S. Blattmann, one row a second: temperature, humidity, eCO2, and
 * whether the detector was in alarm. It has neither smoke nor carbon monoxide, so it tells when
 * alarms are told and whether heat alone cries wolf, not how early fusion is. {@code
 * smoke_detection_iot_5col.csv.gz}.
 */
final class SmokeLog implements RealData {

  private static final Instant START = Instant.parse("2022-06-09T00:00:00Z");

  /** An onset this soon after an alarm is of the same fire. */
  private static final Duration SAME_FIRE = Duration.ofMinutes(10);

  /**
   * What came of it.
   *
   * @param onsets when the detector went into alarm
   * @param ofNewFire those of them that are not within ten minutes of an alarm
   * @param toldAtOnce of the latter, at which a P1 alert was told in the same second
   * @param preAlarms seconds since the start at which there was a pre-alarm
   * @param alerts all alerts
   */
  record Outcome(
      List<Instant> onsets,
      List<Instant> ofNewFire,
      List<Instant> toldAtOnce,
      List<Long> preAlarms,
      List<Alert> alerts) {}

  @Override
  public String folder() {
    return "smoke-iot";
  }

  @Override
  public String what() {
    return "fire-anomaly on a smoke detector's log";
  }

  @Override
  public String result(Path data) throws IOException {
    Outcome outcome = replayed(data);
    return String.format(
        Locale.ROOT,
        "%d of the %d onsets that begin an alarm told at once, %d pre-alarms of heat alone; no smoke"
            + " or CO column, so nothing of early warning",
        outcome.toldAtOnce().size(),
        outcome.ofNewFire().size(),
        outcome.preAlarms().size());
  }

  /** Replays the log. */
  Outcome replayed(Path data) throws IOException {
    List<Fact> history = new ArrayList<>();
    List<Instant> onsets = new ArrayList<>();
    List<Instant> ofNewFire = new ArrayList<>();
    read(data.resolve("smoke_detection_iot_5col.csv.gz"), history, onsets, ofNewFire);
    Replay.Result result =
        new Replay(List.of(SensorFusion.entry(), FireAnomaly.entry()), new SettingsBook())
            .run(history, history.get(history.size() - 1).time().plus(Duration.ofHours(1)));
    List<Instant> toldAtOnce =
        ofNewFire.stream()
            .filter(
                onset ->
                    result.revisions().stream()
                        .anyMatch(
                            alert ->
                                alert.severity() == Severity.P1
                                    && alert.lastEventTime().equals(onset)))
            .toList();
    List<Long> preAlarms =
        result.revisions().stream()
            .filter(alert -> alert.explanation().code().equals("fire-anomaly.pre-alarm"))
            .filter(alert -> alert.state() == AlertState.OPEN)
            .map(alert -> Duration.between(START, alert.detectedAt()).toSeconds())
            .toList();
    return new Outcome(onsets, ofNewFire, toldAtOnce, preAlarms, result.alerts());
  }

  private static void read(
      Path log, List<Fact> history, List<Instant> onsets, List<Instant> ofNewFire)
      throws IOException {
    try (BufferedReader rows =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
      rows.readLine();
      boolean before = false;
      Instant lastAlarm = Instant.MIN;
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        String[] columns = row.split(",", -1);
        Instant time = START.plusSeconds(Long.parseLong(columns[0]));
        boolean alarm = columns[4].equals("1");
        if (alarm && !before) {
          onsets.add(time);
          if (lastAlarm.isBefore(time.minus(SAME_FIRE))) {
            ofNewFire.add(time);
          }
        }
        if (alarm) {
          lastAlarm = time;
        }
        before = alarm;
        history.add(reading(history.size(), time, Kind.TEMPERATURE, columns[1], alarm));
        history.add(reading(history.size(), time, Kind.HUMIDITY, columns[2], false));
      }
    }
  }

  private static SensorReading reading(
      int number, Instant time, Kind kind, String value, boolean alarm) {
    Origin origin =
        new Origin(
            "row" + number,
            "lab",
            "node",
            Place.of("lab"),
            time,
            time,
            "",
            number,
            false,
            ClockQuality.UNKNOWN);
    return new SensorReading(origin, kind, Double.parseDouble(value), "", alarm);
  }
}
