package gatehouse.model;

import static gatehouse.fixture.DoorFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.model.clock.TrueOrder;
import gatehouse.site.Place;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrueOrderTest {

  @Test
  void nothingWaitsWhereNoClockIsAhead() {
    TrueOrder order = TrueOrder.NONE.after(clock("camera", -30, 1)).after(event("door", 5));
    assertThat(order.due(at(5))).extracting(DeviceEvent::time).containsExactly(at(5));
  }

  @Test
  void aClockThatIsBehindIsWaitedFor() {
    TrueOrder order = TrueOrder.NONE.after(clock("camera", -30, 1)).after(event("camera", 0));
    assertThat(order.due(at(29))).isEmpty();
    assertThat(order.nextTurn()).isEqualTo(at(30));
    assertThat(order.due(at(30))).extracting(DeviceEvent::time).containsExactly(at(30));
  }

  @Test
  void everythingWaitsForTheClockThatIsAhead() {
    TrueOrder order =
        TrueOrder.NONE
            .after(clock("camera", 40, 1))
            .after(event("door", 10))
            .after(event("camera", 45));
    assertThat(order.due(at(49))).extracting(DeviceEvent::device).containsExactly("camera");
    assertThat(order.due(at(50))).extracting(DeviceEvent::device).containsExactly("camera", "door");
    assertThat(order.trueTime(at(50))).isEqualTo(at(10));
    assertThat(order.shown(order.due(at(50)), at(50)).held()).isEmpty();
  }

  @Test
  void trueTimeNeverGoesBack() {
    TrueOrder order = TrueOrder.NONE.after(event("door", 10));
    order = order.shown(order.due(at(10)), at(10)).after(clock("camera", 40, 1));
    assertThat(order.trueTime(at(20))).isEqualTo(at(10));
  }

  @Test
  void whatIsKnownTooPoorlyOrIsTooFarOffIsSaid() {
    Duration tolerance = Duration.ofSeconds(2);
    assertThat(TrueOrder.NONE.known(2, tolerance)).isTrue();
    assertThat(TrueOrder.NONE.after(clock("camera", 40, 1)).known(2, tolerance)).isTrue();
    assertThat(TrueOrder.NONE.after(clock("camera", 40, 1.1)).known(2, tolerance)).isFalse();
    TrueOrder far = TrueOrder.NONE.after(clock("camera", 121, 1)).after(event("camera", 0));
    assertThat(far.known(2, tolerance)).isFalse();
    assertThat(far.due(at(0))).extracting(DeviceEvent::time).containsExactly(at(0));
  }

  @Test
  void whatIsTooMuchIsShownEarly() {
    TrueOrder order = TrueOrder.NONE.after(clock("camera", 100, 1));
    for (int second = 0; second < 200; second++) {
      order = order.after(event("door", second));
    }
    assertThat(order.due(at(50))).hasSize(72);
  }

  private static DeviceHealth clock(String device, double ahead, double sigma) {
    return new DeviceHealth(
        "health-" + device,
        "c1",
        at(-100),
        device,
        Place.of("door"),
        true,
        Duration.ofMillis(Math.round(ahead * 1000)),
        Duration.ofMillis(Math.round(sigma * 1000)));
  }

  private static DeviceEvent event(String device, double seconds) {
    return new DoorEvent(
        new Origin(
            device + seconds,
            "c1",
            device,
            Place.of("door"),
            at(seconds),
            at(seconds),
            "",
            0,
            false,
            ClockQuality.GOOD),
        DoorEvent.Change.OPENED);
  }
}
