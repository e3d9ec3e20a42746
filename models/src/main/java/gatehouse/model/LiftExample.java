package gatehouse.model;

import gatehouse.event.ClockQuality;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The example of lift-trapped: somebody boards the lift of building 3, and its door closes. */
final class LiftExample {

  private static final String COMMUNITY = "example";
  private static final Instant TIME = Instant.parse("2026-11-24T06:00:00Z");
  private static final Place LIFT =
      new Place(
          "b3-lift",
          Place.Kind.LIFT,
          "Building 3, lift",
          "b3",
          "",
          "Asia/Shanghai",
          List.of(),
          List.of(),
          null,
          new DoorSpec(true, false, false, false, null),
          List.of(),
          Map.of());

  private LiftExample() {}

  static List<Fact> history() {
    Instant built = Instant.parse("2026-01-01T00:00:00Z");
    return List.of(
        new PlaceEntry(COMMUNITY, built, built, LIFT),
        new TrackSighting(
            origin(1, "b3-lift-camera", TIME),
            "t1",
            TrackSighting.Kind.PERSON,
            TIME,
            null,
            1,
            0.95,
            Direction.UNKNOWN,
            ""),
        new DoorEvent(
            origin(2, "b3-lift-controller", TIME.plusSeconds(4)), DoorEvent.Change.CLOSED));
  }

  private static Origin origin(int number, String device, Instant time) {
    return new Origin(
        "example-" + number,
        COMMUNITY,
        device,
        Place.of(LIFT.id()),
        time,
        time.plusMillis(200),
        "b1",
        number,
        false,
        ClockQuality.GOOD);
  }
}
