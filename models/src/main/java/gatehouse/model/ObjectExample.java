package gatehouse.model;

import gatehouse.event.ClockQuality;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.TagRead;
import gatehouse.fact.Fact;
import gatehouse.registry.Entry;
import gatehouse.registry.TaggedObject;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The example of object-without-owner: a locked e-bike leaves by the north gate. */
final class ObjectExample {

  private static final String COMMUNITY = "example";
  private static final Instant REGISTERED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TIME = Instant.parse("2026-11-24T06:00:00Z");
  private static final Place GATE =
      new Place(
          "north-gate",
          Place.Kind.VEHICLE_GATE,
          "North gate",
          "",
          "",
          "Asia/Shanghai",
          List.of(),
          List.of(),
          null,
          DoorSpec.NONE,
          List.of(),
          Map.of());

  private ObjectExample() {}

  static List<Fact> history() {
    return List.of(
        new PlaceEntry(COMMUNITY, REGISTERED, REGISTERED, GATE),
        new TaggedObject(
            new Entry("object-1", COMMUNITY, REGISTERED, REGISTERED, null),
            "tag-1",
            "e-bike",
            "person-1",
            List.of("person-2"),
            true),
        new TagRead(
            new Origin(
                "example-1",
                COMMUNITY,
                "north-gate-reader",
                Place.of(GATE.id()),
                TIME,
                TIME.plusMillis(200),
                "b1",
                1,
                false,
                ClockQuality.GOOD),
            "tag-1",
            -50,
            "",
            Direction.OUT,
            "e-bike"));
  }
}
