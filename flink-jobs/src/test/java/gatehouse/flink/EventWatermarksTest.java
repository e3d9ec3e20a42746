package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class EventWatermarksTest {

  private static final Duration BOUND = Duration.ofSeconds(2);

  private final EventWatermarks watermarks = new EventWatermarks(BOUND, null);
  private final Said said = new Said();

  private static final class Said implements WatermarkOutput {
    private final List<Watermark> marks = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark mark) {
      marks.add(mark);
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}
  }

  private Watermark after(Fact fact) {
    watermarks.onEvent(Incoming.of(fact), fact.time().toEpochMilli(), said);
    watermarks.onPeriodicEmit(said);
    return said.marks.get(said.marks.size() - 1);
  }

  @Test
  void onlyDeviceEventsMoveTime() {
    assertThat(after(Histories.place("c1", "door-1", "Door", Instant.EPOCH)))
        .isEqualTo(HoldsBack.BEFORE_ALL_TIME);
    assertThat(
            after(
                Histories.access(
                    Histories.origin("e1", "c1", "door-1", Histories.at(10)),
                    "card-1",
                    Outcome.GRANTED,
                    false)))
        .isEqualTo(behind(10));
    assertThat(after(Histories.credential("c1", "card-1", Histories.at(600))))
        .isEqualTo(behind(10));
  }

  private static Watermark behind(int second) {
    return new Watermark(Histories.at(second).minus(BOUND).toEpochMilli() - 1);
  }
}
