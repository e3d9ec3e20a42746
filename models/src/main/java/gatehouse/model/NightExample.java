package gatehouse.model;

import gatehouse.event.ClockQuality;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.Origin;
import gatehouse.fact.Fact;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.Entry;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The example of elder-night-exit: an elder leaves by the gate at two in the morning. */
final class NightExample {

  private static final String COMMUNITY = "example";
  private static final Instant REGISTERED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TIME = Instant.parse("2026-11-23T18:00:00Z");
  private static final Place GATE =
      new Place(
          "south-gate",
          Place.Kind.FACE_CHECKPOINT,
          "South gate",
          "",
          "",
          "Asia/Shanghai",
          List.of(),
          List.of(),
          null,
          DoorSpec.NONE,
          List.of(),
          Map.of());

  private NightExample() {}

  static List<Fact> history() {
    return List.of(
        new PlaceEntry(COMMUNITY, REGISTERED, REGISTERED, GATE),
        new CareEnrolment(
            new Entry("care-1", COMMUNITY, REGISTERED, REGISTERED, null),
            "person-1",
            "b3-0301",
            true,
            true,
            false,
            List.of()),
        new FaceCapture(
            new Origin(
                "example-1",
                COMMUNITY,
                "south-gate-camera",
                Place.of(GATE.id()),
                TIME,
                TIME.plusMillis(200),
                "b1",
                1,
                false,
                ClockQuality.GOOD),
            "person-1",
            null,
            0.9,
            0.9,
            true,
            Direction.OUT,
            null));
  }
}
