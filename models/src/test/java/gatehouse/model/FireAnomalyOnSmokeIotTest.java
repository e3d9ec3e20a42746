package gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gatehouse.alert.AlertState;
import gatehouse.alert.Severity;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.event.SensorReading;
import gatehouse.event.SensorReading.Kind;
import gatehouse.fact.Fact;
import gatehouse.fixture.GeneratedDocs;
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
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The smoke-detector log of S. Blattmann (one row a second): temperature, humidity, eCO2, and
 * whether the detector was in alarm. It has neither smoke nor carbon monoxide, so it tells when
 * alarms are told and whether heat alone cries wolf, not how early fusion is. The data is not part
 * of the project.
 */
class FireAnomalyOnSmokeIotTest {

  private static final Instant START = Instant.parse("2022-06-09T00:00:00Z");

  private final Path log =
      GeneratedDocs.root().resolveSibling("shared/data/smoke-iot/smoke_detection_iot_5col.csv.gz");

  @Test
  void everyOnsetIsToldWithoutDelayAndHeatAloneMakesTwoPreAlarms() throws IOException {
    assumeTrue(Files.exists(log), "no ../shared/data/smoke-iot beside the project");
    List<Fact> history = new ArrayList<>();
    List<Instant> onsets = new ArrayList<>();
    read(history, onsets);
    Replay.Result result =
        new Replay(List.of(SensorFusion.entry(), FireAnomaly.entry()), new SettingsBook())
            .run(history, history.get(history.size() - 1).time().plus(Duration.ofHours(1)));
    assertThat(onsets).hasSize(5);
    // The third and fourth onset are within ten minutes of an alarm: still the same fire.
    for (Instant onset : List.of(onsets.get(0), onsets.get(1), onsets.get(4))) {
      assertThat(result.revisions())
          .as("a delay of 0 s at %s", onset)
          .anyMatch(
              alert -> alert.severity() == Severity.P1 && alert.lastEventTime().equals(onset));
    }
    // In row 55510 it is 48 degrees and rising, in row 62552 it rises by 9 degrees a minute.
    assertThat(result.revisions())
        .filteredOn(alert -> alert.explanation().code().equals("fire-anomaly.pre-alarm"))
        .filteredOn(alert -> alert.state() == AlertState.OPEN)
        .extracting(alert -> Duration.between(START, alert.detectedAt()).toSeconds())
        .containsExactly(55510L, 62552L);
    assertThat(result.revisions())
        .noneMatch(alert -> alert.explanation().code().equals("fire-anomaly.sensors"));
    assertThat(result.alerts()).hasSize(4);
  }

  private void read(List<Fact> history, List<Instant> onsets) throws IOException {
    try (BufferedReader rows =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
      rows.readLine();
      boolean before = false;
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        String[] columns = row.split(",", -1);
        Instant time = START.plusSeconds(Long.parseLong(columns[0]));
        boolean alarm = columns[4].equals("1");
        if (alarm && !before) {
          onsets.add(time);
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
