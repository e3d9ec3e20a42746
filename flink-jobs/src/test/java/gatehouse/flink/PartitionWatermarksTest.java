package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class PartitionWatermarksTest {

  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final Duration IDLENESS = Duration.ofSeconds(5);

  private final ManualClock clock = new ManualClock();
  private final Said said = new Said();
  private PartitionWatermarks partition = withSilence(Duration.ofMinutes(1));

  private PartitionWatermarks withSilence(Duration silence) {
    return new PartitionWatermarks(
        new FactSource.Clock(BOUND, IDLENESS, silence, Duration.ofSeconds(10)), clock);
  }

  /** What was said last. */
  private static final class Said implements WatermarkOutput {
    private long watermark = Long.MIN_VALUE;
    private boolean idle;

    @Override
    public void emitWatermark(Watermark mark) {
      watermark = Math.max(watermark, mark.getTimestamp());
      idle = false;
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }

  private void event(int second, Duration delay, ClockQuality quality) {
    Instant time = Histories.at(second);
    Origin origin =
        new Origin(
            "e" + second,
            "c1",
            "reader-1",
            Place.of("door-1"),
            time,
            time.plus(delay),
            "b1",
            -1,
            false,
            quality);
    partition.onEvent(
        Incoming.of(Histories.access(origin, "card-1", Outcome.GRANTED, false)),
        time.toEpochMilli(),
        said);
  }

  /** Time passes as it does for a source: a look every 100 ms. */
  private void pass(Duration time) {
    for (long looks = time.toMillis() / 100; looks > 0; looks--) {
      clock.advanceTime(Duration.ofMillis(100));
      partition.onPeriodicEmit(said);
    }
  }

  private static long behind(int second) {
    return Histories.at(second).minus(BOUND).toEpochMilli() - 1;
  }

  @Test
  void itIsKnownBeforeItsFirstEventAndIdleIfNoneComes() {
    pass(Duration.ofMillis(100));
    assertThat(EventTime.isBeforeAll(said.watermark)).isTrue();
    assertThat(said.watermark).isNotEqualTo(Long.MIN_VALUE);
    assertThat(said.idle).isFalse();
    pass(IDLENESS.plusMillis(300));
    assertThat(said.idle).isTrue();
  }

  @Test
  void aStallOfTheProcessIsNoIdleness() {
    event(0, Duration.ZERO, ClockQuality.GOOD);
    pass(Duration.ofSeconds(1));
    clock.advanceTime(Duration.ofMinutes(1));
    partition.onPeriodicEmit(said);
    assertThat(said.idle).isFalse();
    assertThat(said.watermark).isEqualTo(behind(0));
    pass(IDLENESS);
    assertThat(said.idle).isTrue();
  }

  @Test
  void whatADeviceHeldBackForLongerThanTheSilenceSaysNothingOfThePartition() {
    event(0, Duration.ZERO, ClockQuality.GOOD);
    pass(IDLENESS.plusSeconds(1));
    assertThat(said.idle).isTrue();
    event(30, Duration.ofHours(5), ClockQuality.GOOD);
    pass(Duration.ofMillis(100));
    assertThat(said.idle).isTrue();
    assertThat(said.watermark).isEqualTo(behind(0));

    event(40, Duration.ofSeconds(50), ClockQuality.GOOD);
    pass(Duration.ofMillis(100));
    assertThat(said.idle).isFalse();
    assertThat(said.watermark).isEqualTo(behind(40));
  }

  @Test
  void whereTheIntakeDoesNotJudgeClocksOrSilenceNeverEndsEveryEventCounts() {
    event(0, Duration.ofHours(5), ClockQuality.UNKNOWN);
    pass(Duration.ofMillis(100));
    assertThat(said.watermark).isEqualTo(behind(0));

    partition = withSilence(Duration.ZERO);
    event(60, Duration.ofHours(5), ClockQuality.GOOD);
    pass(Duration.ofMillis(100));
    assertThat(said.watermark).isEqualTo(behind(60));
  }
}
