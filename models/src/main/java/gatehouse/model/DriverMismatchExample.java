package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.registry.Vehicle;
import java.util.List;

/** The smallest history: a vehicle that its owner declared parked leaves. */
final class DriverMismatchExample {

  private static final String PLATE = "京A12345";

  private DriverMismatchExample() {}

  static List<Fact> history() {
    return List.of(
        new Vehicle(
            Sample.registered("dm-v", "2026-11-23T12:00:00Z", null),
            PLATE,
            "p-17",
            "b3-0301",
            "white",
            "car",
            "",
            "resident",
            true),
        departure());
  }

  private static PlateRead departure() {
    PlateRead seen =
        Sample.plate("dm-1", Sample.COMMUNITY, "g-west", "2026-11-23T19:00:00Z", PLATE, "white");
    return new PlateRead(
        seen.origin(),
        seen.plate(),
        seen.plateRaw(),
        seen.confidence(),
        seen.characterConfidence(),
        seen.plateColour(),
        seen.vehicleColour(),
        seen.vehicleType(),
        seen.brand(),
        seen.lane(),
        Direction.OUT,
        Outcome.GRANTED,
        List.of(),
        null);
  }
}
