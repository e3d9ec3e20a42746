package gatehouse.simulator.life;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.simulator.SmallCity;
import gatehouse.simulator.city.SimulatedDevice;
import gatehouse.site.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lets days pass in no time and keeps what the devices report. */
final class VirtualAgenda extends Clock implements Agenda {

  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<String, SimulatedDevice> devices;
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private final List<DeviceEvent> events = new ArrayList<>();
  private Instant now;
  private long number;

  private record Due(Instant at, long number, Runnable something) {}

  VirtualAgenda(SmallCity city, Instant start) {
    this.devices =
        city.devices().stream()
            .collect(Collectors.toMap(SimulatedDevice::username, device -> device));
    this.now = start;
  }

  /** Everything that is due until then happens. */
  List<DeviceEvent> until(Instant end) {
    while (!queue.isEmpty() && !queue.peek().at().isAfter(end)) {
      Due due = queue.remove();
      now = due.at();
      due.something().run();
    }
    now = end;
    return events;
  }

  @Override
  public void after(Duration delay, Runnable something) {
    queue.add(new Due(now.plus(delay), number++, something));
  }

  @Override
  public void report(
      Duration delay, String community, String device, Function<Origin, DeviceEvent> event) {
    SimulatedDevice from = devices.get(community + '/' + device);
    if (from == null) {
      throw new IllegalArgumentException("no device " + community + '/' + device);
    }
    after(delay, () -> events.add(event.apply(origin(from))));
  }

  private Origin origin(SimulatedDevice device) {
    long seq = sequences.merge(device.community() + '/' + device.id(), 1L, Long::sum);
    return new Origin(
        "e-" + device.id() + '-' + seq,
        device.community(),
        device.id(),
        Place.of(device.place()),
        now,
        now,
        "b",
        seq,
        false,
        ClockQuality.GOOD);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
