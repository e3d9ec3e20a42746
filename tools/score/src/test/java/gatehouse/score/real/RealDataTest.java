package gatehouse.score.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gatehouse.fixture.GeneratedDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models say of recorded data; each test is skipped, and says so, without its data. */
class RealDataTest {

  private static final Path DATA = GeneratedDocs.root().resolveSibling("shared/data");

  private static Path data(String folder) {
    Path data = DATA.resolve(folder);
    assumeTrue(
        Files.isDirectory(data),
        "no ../shared/data/" + folder + " beside the project: not checked");
    return data;
  }

  @Test
  void mostEventsAtADoorAreFoundAtFewFalseAlarms() throws IOException {
    fewFalseAlarms(new DoorCounts().counted(data("calit2")));
  }

  @Test
  void theSameAreFoundWhenEveryPassageIsAnEvent() throws IOException {
    fewFalseAlarms(new DoorCounts().eachPassage(data("calit2")));
  }

  private static void fewFalseAlarms(FlowTrial.Score score) {
    assertThat(score.found()).isGreaterThanOrEqualTo(15);
    assertThat(score.falseAlarmsPerWeek()).isLessThanOrEqualTo(0.9);
    assertThat(score.flagged()).isLessThanOrEqualTo(0.045);
  }

  @Test
  void twoOfThreeWindowsOnTheRoadAreFoundAndLittleTimeIsFlagged() throws IOException {
    Path data = data("nab");
    long found = 0;
    for (String series : RoadLoops.OCCUPANCY) {
      FlowTrial.Score score = new RoadLoops().score(data, series);
      found += score.found();
      assertThat(score.of()).as(series).isPositive();
      assertThat(score.falseAlarmsPerWeek()).as(series).isLessThanOrEqualTo(1.5);
      assertThat(score.flagged()).as(series).isLessThanOrEqualTo(0.06);
    }
    assertThat(found).isGreaterThanOrEqualTo(2);
    assertThat(RoadLoops.MEANS).allMatch(series -> Files.exists(data.resolve(series + ".csv")));
  }

  @Test
  void exactlyTheFiveViolationsOfTheBadgeLogAreFound() throws IOException {
    BadgeLog.Violations violations = new BadgeLog().replayed(data("vast2009-mc1"));
    assertThat(violations.found())
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(violations.known());
  }

  @Test
  void everyOnsetOfSmokeIsToldAtOnceAndHeatAloneMakesTwoPreAlarms() throws IOException {
    SmokeLog.Outcome outcome = new SmokeLog().replayed(data("smoke-iot"));
    assertThat(outcome.onsets()).hasSize(5);
    // The third and fourth onset are within ten minutes of an alarm: still the same fire.
    assertThat(outcome.ofNewFire())
        .containsExactly(outcome.onsets().get(0), outcome.onsets().get(1), outcome.onsets().get(4));
    assertThat(outcome.toldAtOnce()).isEqualTo(outcome.ofNewFire());
    // In row 55510 it is 48 degrees and rising, in row 62552 it rises by 9 degrees a minute.
    assertThat(outcome.preAlarms()).containsExactly(55510L, 62552L);
    assertThat(outcome.alerts())
        .hasSize(4)
        .noneMatch(alert -> alert.explanation().code().equals("fire-anomaly.sensors"));
  }

  @Test
  void kasterenHouseA() throws IOException {
    CareHome.Outcome outcome = CareHome.kasteren().replayed(data("kasteren"));
    assertThat(outcome.asleepOrOut()).isEmpty();
    assertThat(outcome.calls()).hasSizeLessThanOrEqualTo(1);
    assertThat(outcome.visits()).hasSizeLessThanOrEqualTo(1);
    assertThat(outcome.takenForAbsence()).hasSizeLessThanOrEqualTo(6);
    atMost(Duration.ofMinutes(345), 0.5, outcome.callAfter());
    atMost(Duration.ofMinutes(345), 0.5, outcome.visitAfter());
    atMost(Duration.ofMinutes(640), 0.9, outcome.visitAfter());
    assertThat(CareHome.quantile(outcome.visitAfterByDay(), 0.5))
        .isLessThan(Duration.ofMinutes(195));
  }

  @Test
  void ordonezHomeB() throws IOException {
    CareHome.Outcome outcome = CareHome.ordonezB().replayed(data("uci-adl-b"));
    assertThat(outcome.asleepOrOut()).isEmpty();
    assertThat(outcome.calls()).hasSizeLessThanOrEqualTo(1);
    assertThat(outcome.visits()).isEmpty();
    assertThat(outcome.takenForAbsence()).hasSizeLessThanOrEqualTo(2);
    atMost(Duration.ofHours(5), 0.5, outcome.callAfter());
    atMost(Duration.ofMinutes(342), 0.5, outcome.visitAfter());
    atMost(Duration.ofMinutes(645), 0.9, outcome.visitAfter());
    assertThat(CareHome.quantile(outcome.visitAfterByDay(), 0.5))
        .isLessThan(Duration.ofMinutes(190));
  }

  private static void atMost(Duration limit, double q, List<Duration> delays) {
    assertThat(delays).hasSizeGreaterThan(100);
    assertThat(CareHome.quantile(delays, q)).isLessThan(limit);
  }

  @Test
  void theTableSaysOfEachSetThatIsMissingThatItWasNotRun(@TempDir Path empty) throws IOException {
    assertThat(RealData.table(empty).lines().skip(2))
        .hasSize(RealData.all().size())
        .allMatch(line -> line.contains("not run: there is no folder"));
  }
}
