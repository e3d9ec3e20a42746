package gatehouse.model;

import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.site.Position;
import java.util.List;

/** On two days a plate is at two gates, 40 km apart, within five minutes. */
final class ClonedPlateExample {

  private static final String OTHER = "oak";

  private ClonedPlateExample() {}

  static List<Fact> history() {
    return List.of(
        Sample.entry(Sample.COMMUNITY, Sample.gate("g-west", "West gate", new Position(0, 0))),
        Sample.entry(OTHER, Sample.gate("g-east", "East gate", new Position(40_000, 0))),
        west("cp-1", "2026-11-23T01:00:00Z"),
        east("cp-2", "2026-11-23T01:05:00Z"),
        west("cp-3", "2026-11-24T01:00:00Z"),
        east("cp-4", "2026-11-24T01:05:00Z"));
  }

  private static PlateRead west(String id, String time) {
    return Sample.plate(id, Sample.COMMUNITY, "g-west", time, "京A12345", "white");
  }

  private static PlateRead east(String id, String time) {
    return Sample.plate(id, OTHER, "g-east", time, "京A12345", "black");
  }
}
