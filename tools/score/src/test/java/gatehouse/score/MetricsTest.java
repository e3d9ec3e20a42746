package gatehouse.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import gatehouse.labelled.scenario.Difficulty;
import gatehouse.labelled.scenario.Label;
import gatehouse.score.Judge.Outcome;
import gatehouse.score.Judge.Verdict;
import gatehouse.score.Trial.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Metrics with values that can be worked out by hand. */
class MetricsTest {

  private static final Instant T0 = Instant.parse("2026-03-20T00:00:00Z");
  private static final String MODEL = "denied-burst";

  private static List<Judged> judged(int alerts, int right, double score) {
    List<Judged> judged = new ArrayList<>(Collections.nCopies(right, new Judged(score, true)));
    judged.addAll(Collections.nCopies(alerts - right, new Judged(score, false)));
    return judged;
  }

  private static Detection open(int fromHour, int toHour) {
    return new Detection(
        MODEL,
        "c1",
        Set.of("gate"),
        T0.plus(Duration.ofHours(fromHour)),
        T0.plus(Duration.ofHours(toHour)),
        T0.plus(Duration.ofHours(fromHour)),
        0.5,
        "");
  }

  @Test
  void theCalibrationErrorIsTheWeightedDistanceOfScoreAndShare() {
    List<Judged> alerts = judged(10, 5, 0.95);
    alerts.addAll(judged(30, 6, 0.25));
    Calibration calibration = Calibration.of(alerts);
    // 10/40 * |0.5 - 0.95| + 30/40 * |0.2 - 0.25|
    assertThat(calibration.error()).isEqualTo(0.15, within(1e-12));
    assertThat(calibration.bins())
        .extracting(Calibration.Bin::from, Calibration.Bin::alerts, Calibration.Bin::right)
        .containsExactly(tuple(0.2, 30, 6), tuple(0.9, 10, 5));
  }

  @Test
  void aScoreThatSaysTheShareHasNoErrorAndNoAlertsHaveNone() {
    assertThat(Calibration.of(judged(4, 3, 0.75)).error()).isEqualTo(0, within(1e-12));
    assertThat(Calibration.of(judged(3, 3, 1.0)).bins())
        .singleElement()
        .matches(bin -> bin.from() == 0.9 && bin.to() == 1.0);
    assertThat(Calibration.of(List.of()).error()).isNaN();
  }

  @Test
  void precisionAtKTakesTheHighestScoresAndTheExpectationAmongEqualOnes() {
    List<Judged> alerts = judged(10, 9, 0.9);
    alerts.addAll(judged(40, 10, 0.5));
    alerts.addAll(judged(100, 0, 0.1));
    // All 10 of the first, 10 of the next 40 of which a quarter is right.
    assertThat(Overall.precisionAt(20, alerts)).isEqualTo((9 + 2.5) / 20, within(1e-12));
    assertThat(Overall.precisionAt(100, alerts)).isEqualTo(19 / 100.0, within(1e-12));
    assertThat(Overall.precisionAt(100, judged(4, 3, 0.5))).isEqualTo(0.75, within(1e-12));
    assertThat(Overall.precisionAt(20, List.of())).isNaN();
  }

  @Test
  void overlappingAlertsFlagTheirTimeOnce() {
    Instant until = T0.plus(Duration.ofHours(24));
    assertThat(
            Trial.union(
                List.of(open(5, 9), open(-3, 2), open(1, 3), open(6, 7), open(23, 40)), T0, until))
        .isEqualTo(Duration.ofHours(3 + 4 + 1));
    assertThat(Trial.union(List.of(open(-9, -1), open(30, 31)), T0, until)).isZero();
  }

  @Test
  void macroRecallCountsEachModelOnceHoweverMuchWasStagedForIt() {
    ModelScore often = ModelScore.of(MODEL, List.of(unit(MODEL, 10, 5)));
    ModelScore seldom = ModelScore.of("sos", List.of(unit("sos", 1, 1)));
    ModelScore never = ModelScore.of("crowding", List.of(unit("crowding", 0, 0)));
    Overall overall = Overall.of(List.of(often, seldom, never), List.of());
    assertThat(overall.macroRecall()).isEqualTo((0.5 + 1.0) / 2, within(1e-12));
    assertThat(overall.macroRecallBy().get(Difficulty.EASY)).isEqualTo(0.75, within(1e-12));
    assertThat(overall.macroRecallBy().get(Difficulty.HARD)).isNaN();
  }

  private static Unit unit(String model, int staged, int found) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Detection> right = new ArrayList<>();
    for (int i = 0; i < staged; i++) {
      Label label =
          new Label(
              "l" + i,
              "S1",
              Set.of(model),
              Set.of(),
              Difficulty.EASY,
              "c1",
              Set.of("s" + i),
              Set.of(),
              T0,
              T0,
              T0.plusSeconds(60),
              false);
      Detection detection = Detection.moment(model, "c1", Set.of("s" + i), T0);
      outcomes.add(new Outcome(label, i < found ? detection : null, i < found ? 1 : 0));
      if (i < found) {
        right.add(detection);
      }
    }
    return new Unit(
        model,
        1,
        "c1",
        10,
        new Verdict(outcomes, right, List.of(), 0, 0, List.of(), 0),
        found,
        Duration.ZERO);
  }
}
