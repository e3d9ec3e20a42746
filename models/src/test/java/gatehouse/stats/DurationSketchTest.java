package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DurationSketchTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration FOREVER = Duration.ofDays(100_000);
  private static final DurationSketch EMPTY = DurationSketch.empty(Duration.ofSeconds(10));

  @Test
  void knowsOnlyItsPriorBeforeItHasSeenAnything() {
    assertThat(EMPTY.size()).isZero();
    assertThat(EMPTY.survival(Duration.ofSeconds(10))).isCloseTo(0.5 / Math.E, within(1e-9));
  }

  @Test
  void countsAsTheFormulaSays() {
    DurationSketch sketch = EMPTY;
    for (int i = 0; i < 9; i++) {
      sketch = sketch.plus(Duration.ofSeconds(5), START, FOREVER);
    }
    assertThat(sketch.survival(Duration.ofSeconds(1)))
        .isCloseTo((9 + 0.5 * Math.exp(-0.1)) / 10, within(1e-9));
  }

  @Test
  void findsTheQuantilesOfExponentialDurations() {
    DurationSketch sketch = sampled(20_000, u -> -20 * Math.log(u));
    assertThat(seconds(sketch.quantile(0.5))).isCloseTo(20 * Math.log(2), withinPercentage(12));
    assertThat(seconds(sketch.quantile(0.95))).isCloseTo(20 * Math.log(20), withinPercentage(12));
    assertThat(seconds(sketch.quantile(0.999)))
        .isCloseTo(20 * Math.log(1000), withinPercentage(15));
  }

  @Test
  void heavyTailsAreSeenAsHeavy() {
    double shape = 0.3;
    DurationSketch sketch = sampled(20_000, u -> 20 / shape * (Math.pow(u, -shape) - 1));
    double exact = 20 / shape * (Math.pow(0.001, -shape) - 1);
    assertThat(seconds(sketch.quantile(0.999))).isCloseTo(exact, withinPercentage(20));
  }

  @Test
  void fewDurationsGiveAnExponentialTailThatGoesOn() {
    DurationSketch sketch = sampled(100, u -> -20 * Math.log(u));
    assertThat(seconds(sketch.quantile(0.999))).isBetween(80.0, 260.0);
    assertThat(sketch.surprise(Duration.ofHours(1))).isGreaterThan(6);
  }

  @Test
  void aTailThatBeginsEarlierNeedsFewerDurations() {
    double shape = 0.3;
    DurationSketch sketch = sampled(20_000, u -> 20 / shape * (Math.pow(u, -shape) - 1));
    double exact = 20 / shape * (Math.pow(0.001, -shape) - 1);
    assertThat(seconds(sketch.quantile(0.999, 0.3, 60, 0))).isCloseTo(exact, withinPercentage(25));
  }

  @Test
  void aFewDurationsTakeTheUsualShape() {
    DurationSketch sketch = sampled(40, u -> -20 * Math.log(u));
    double light = seconds(sketch.quantile(0.999, 0.3, 60, 0));
    double heavy = seconds(sketch.quantile(0.999, 0.3, 60, 0.3));
    assertThat(heavy).isGreaterThan(light * 1.2);
    assertThat(seconds(sketch.quantile(0.999, 0.3, 20, 0.3))).isNotEqualTo(heavy);
  }

  @Test
  void survivalNeverRises() {
    DurationSketch sketch = sampled(500, u -> -20 * Math.log(u));
    double before = 1;
    for (int s = 1; s < 600; s++) {
      double now = sketch.survival(Duration.ofSeconds(s));
      assertThat(now).isLessThanOrEqualTo(before + 1e-12).isGreaterThanOrEqualTo(0);
      before = now;
    }
  }

  @Test
  void forgetsByHalves() {
    Duration halfLife = Duration.ofDays(28);
    DurationSketch sketch =
        EMPTY
            .plus(Duration.ofSeconds(5), START, halfLife)
            .plus(Duration.ofSeconds(50), START.plus(halfLife), halfLife);
    assertThat(sketch.size()).isCloseTo(1.5, within(1e-12));
    assertThat(sketch.plus(Duration.ofSeconds(5), START, halfLife).size())
        .isCloseTo(2.5, within(1e-12));
  }

  @Test
  void extremesFallIntoTheOutermostBuckets() {
    DurationSketch sketch =
        EMPTY.plus(Duration.ZERO, START, FOREVER).plus(Duration.ofDays(400), START, FOREVER);
    assertThat(sketch.size()).isEqualTo(2);
    assertThat(sketch.quantile(0.999999)).isLessThanOrEqualTo(Duration.ofDays(60));
  }

  private static DurationSketch sampled(int count, DoubleUnaryOperator inverse) {
    Random random = new Random(7);
    DurationSketch sketch = EMPTY;
    for (int i = 0; i < count; i++) {
      double seconds = inverse.applyAsDouble(1 - random.nextDouble());
      sketch = sketch.plus(Duration.ofMillis((long) (seconds * 1000)), START, FOREVER);
    }
    return sketch;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
