package gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.event.PlateRead;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final List<String> COMMUNITIES = List.of("a", "b");
  private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");

  private final List<DeviceEvent> events =
      IntStream.range(0, 20_000).mapToObj(traffic()::event).toList();

  @Test
  void itIsTheSameAtEveryRun() {
    Traffic again = traffic();
    assertThat(IntStream.range(0, 20_000).mapToObj(again::event).toList()).isEqualTo(events);
  }

  @Test
  void itHasTheMixThatIsPromised() {
    assertThat(events).filteredOn(AccessEvent.class::isInstance).hasSize(10_000);
    assertThat(events).filteredOn(DoorEvent.class::isInstance).hasSize(8_000);
    assertThat(events).filteredOn(PlateRead.class::isInstance).hasSize(2_000);
  }

  @Test
  void everyDeviceCountsItsEventsWithoutAGap() {
    Map<String, Long> next = new HashMap<>();
    for (DeviceEvent event : events) {
      String device = event.community() + "/" + event.device();
      assertThat(event.origin().seq()).isEqualTo(next.getOrDefault(device, 0L));
      next.put(device, event.origin().seq() + 1);
    }
  }

  private static Traffic traffic() {
    return new Traffic(COMMUNITIES, START, Duration.ofMillis(10), "boot");
  }
}
