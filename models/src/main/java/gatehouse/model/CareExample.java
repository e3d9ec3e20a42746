package gatehouse.model;

import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.event.SensorReading;
import gatehouse.fact.Fact;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.Entry;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The example of elder-inactivity: three days of movement in a kitchen, and then none. */
final class CareExample {

  private static final String COMMUNITY = "example";
  private static final Instant REGISTERED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TIME = Instant.parse("2026-11-20T22:00:00Z");
  private static final Duration EVERY = Duration.ofMinutes(288);
  private static final Place KITCHEN =
      new Place(
          "b3-0301-kitchen",
          Place.Kind.ROOM,
          "Flat 0301, kitchen",
          "b3",
          "",
          "Asia/Shanghai",
          List.of(),
          List.of(),
          null,
          DoorSpec.NONE,
          List.of(),
          Map.of());

  private CareExample() {}

  static List<Fact> silence() {
    List<Fact> history = new ArrayList<>();
    history.add(new PlaceEntry(COMMUNITY, REGISTERED, REGISTERED, KITCHEN));
    history.add(
        new CareEnrolment(
            new Entry("care-1", COMMUNITY, REGISTERED, REGISTERED, null),
            "person-1",
            "b3-0301",
            true,
            false,
            false,
            List.of(KITCHEN.id())));
    for (int i = 0; i < 16; i++) {
      Instant time = TIME.plus(EVERY.multipliedBy(i));
      history.add(new SensorReading(origin(i, time), SensorReading.Kind.MOTION, 1, "", false));
    }
    return history;
  }

  private static Origin origin(int number, Instant time) {
    return new Origin(
        "example-" + number,
        COMMUNITY,
        "b3-0301-motion",
        Place.of(KITCHEN.id()),
        time,
        time.plusMillis(200),
        "b1",
        number,
        false,
        ClockQuality.GOOD);
  }
}
