package gatehouse.score.naive;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The places that a history declares. */
final class Sites {

  private final Map<String, Place> places = new HashMap<>();

  Sites(List<Fact> history) {
    for (Fact fact : history) {
      if (fact instanceof PlaceEntry declared) {
        places.put(declared.community() + '/' + declared.place().id(), declared.place());
      }
    }
  }

  /** The place of an event as declared. */
  Place of(DeviceEvent event) {
    return places.getOrDefault(event.community() + '/' + event.place().id(), event.place());
  }

  /** Metres between the places of two events; 0 if unknown. */
  double metres(DeviceEvent one, DeviceEvent other) {
    Position from = of(one).position();
    Position to = of(other).position();
    return from == null || to == null ? 0 : from.distanceTo(to);
  }

  /** Metres a second that somebody went who was at both; 0 if it was one place. */
  double speed(DeviceEvent from, DeviceEvent to) {
    double seconds = Math.abs(Duration.between(from.time(), to.time()).toMillis()) / 1e3;
    return metres(from, to) / Math.max(1, seconds);
  }
}
