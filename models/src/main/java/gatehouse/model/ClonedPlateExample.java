package gatehouse.model;

import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import java.util.List;

/**
 * The smallest history with a cloned plate: a white car and a black truck take turns behind one
 * plate at one gate, each read three times.
 */
final class ClonedPlateExample {

  private ClonedPlateExample() {}

  static List<Fact> history() {
    return List.of(
        car("cp-1", "2026-11-23T01:00:00Z"),
        truck("cp-2", "2026-11-23T01:00:20Z"),
        car("cp-3", "2026-11-23T01:00:40Z"),
        truck("cp-4", "2026-11-23T01:01:00Z"),
        car("cp-5", "2026-11-23T01:01:20Z"),
        truck("cp-6", "2026-11-23T01:01:40Z"));
  }

  private static PlateRead car(String id, String time) {
    return Sample.plate(id, Sample.COMMUNITY, "g-west", time, "京A12345", "white");
  }

  private static PlateRead truck(String id, String time) {
    PlateRead seen = Sample.plate(id, Sample.COMMUNITY, "g-west", time, "京A12345", "black");
    return new PlateRead(
        seen.origin(),
        seen.plate(),
        seen.plateRaw(),
        seen.confidence(),
        seen.characterConfidence(),
        seen.plateColour(),
        seen.vehicleColour(),
        "truck",
        seen.brand(),
        seen.lane(),
        seen.direction(),
        seen.outcome(),
        seen.occupants(),
        seen.image());
  }
}
