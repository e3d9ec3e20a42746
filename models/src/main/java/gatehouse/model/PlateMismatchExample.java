package gatehouse.model;

import gatehouse.fact.Fact;
import gatehouse.registry.Vehicle;
import gatehouse.site.Position;
import java.util.List;

/** The smallest history with a wrong plate: registered for a white car, read three times on red. */
final class PlateMismatchExample {

  private static final String PLATE = "京A12345";

  private PlateMismatchExample() {}

  static List<Fact> history() {
    return List.of(
        Sample.entry(Sample.COMMUNITY, Sample.gate("g-west", "West gate", new Position(0, 0))),
        new Vehicle(
            Sample.registered("pm-v", "2026-01-01T00:00:00Z", null),
            PLATE,
            "p-17",
            "b3-0301",
            "white",
            "car",
            "",
            "resident",
            false),
        Sample.plate("pm-1", Sample.COMMUNITY, "g-west", "2026-11-24T01:00:00Z", PLATE, "red"),
        Sample.plate("pm-2", Sample.COMMUNITY, "g-west", "2026-11-24T01:05:00Z", PLATE, "red"),
        Sample.plate("pm-3", Sample.COMMUNITY, "g-west", "2026-11-24T01:10:00Z", PLATE, "red"));
  }
}
