package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.site.Zone;
import java.util.List;

/** The smallest history with a blocked fire lane: a vehicle is there, and ten minutes later too. */
final class FireLaneExample {

  private FireLaneExample() {}

  static List<Fact> history() {
    Zone lane = Zone.open("lane-3").usedAs(Zone.Use.FIRE_LANE);
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("cam-lane-3", "Fire lane, building 3", List.of(lane), List.of())),
        seen("fl-1", "2026-11-24T10:00:00Z"),
        seen("fl-2", "2026-11-24T10:10:30Z"));
  }

  private static TrackSighting seen(String id, String time) {
    return new TrackSighting(
        Sample.origin(id, Sample.COMMUNITY, "cam-lane-3", time),
        "t-17",
        TrackSighting.Kind.VEHICLE,
        null,
        null,
        1,
        0.95,
        Direction.UNKNOWN,
        "");
  }
}
