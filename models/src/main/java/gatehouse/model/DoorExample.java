package gatehouse.model;

import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.fact.Fact;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The door of the door models' examples: the entrance of building 3, at two in the afternoon. */
final class DoorExample {

  static final Instant TIME = Instant.parse("2026-11-24T06:00:00Z");

  private static final String COMMUNITY = "example";
  private static final String DEVICE = "b3-terminal";
  private static final Place DOOR =
      new Place(
          "b3-door",
          Place.Kind.DOOR,
          "Building 3, entrance",
          "b3",
          "",
          "Asia/Shanghai",
          List.of(),
          List.of(),
          null,
          DoorSpec.STANDARD,
          List.of(),
          Map.of());

  private DoorExample() {}

  /** The door as the site knows it. */
  static Fact door() {
    Instant built = Instant.parse("2026-01-01T00:00:00Z");
    return new PlaceEntry(COMMUNITY, built, built, DOOR);
  }

  /** Where the terminal's n-th event comes from. */
  static Origin origin(int number, Instant time) {
    return new Origin(
        "example-" + number,
        COMMUNITY,
        DEVICE,
        Place.of(DOOR.id()),
        time,
        time.plusMillis(200),
        "b1",
        number,
        false,
        ClockQuality.GOOD);
  }
}
