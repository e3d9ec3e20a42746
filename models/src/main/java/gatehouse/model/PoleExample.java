package gatehouse.model;

import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.event.PoleAlarm;
import gatehouse.fact.Fact;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The lamp post of the examples: beside the playground, at nine in the evening. */
final class PoleExample {

  static final Instant TIME = Instant.parse("2026-11-24T13:00:00Z");

  private static final Place POLE =
      new Place(
          "pole-7",
          Place.Kind.POLE,
          "Lamp post 7, playground",
          "",
          "",
          Sample.TIME_ZONE,
          List.of(),
          List.of(),
          null,
          DoorSpec.NONE,
          List.of(),
          Map.of());

  private PoleExample() {}

  /** The lamp post as the site knows it. */
  static Fact pole() {
    return Sample.entry(Sample.COMMUNITY, POLE);
  }

  /** The lamp post's n-th event. */
  static PoleAlarm alarm(int number, Instant time, PoleAlarm.Kind kind, boolean active) {
    return new PoleAlarm(
        new Origin(
            "pole-" + number,
            Sample.COMMUNITY,
            "pole-7-unit",
            Place.of(POLE.id()),
            time,
            time.plusMillis(200),
            "b1",
            number,
            false,
            ClockQuality.GOOD),
        kind,
        active);
  }
}
