package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import java.util.List;

/** A gate that hardly anybody used for a week; then forty people come in at once. */
final class FlowExample {

  private FlowExample() {}

  static List<Fact> history() {
    return List.of(
        Sample.entry(
            Sample.COMMUNITY, Sample.door("gate-north", "North gate", List.of(), List.of())),
        counted("flow-1", "2026-11-16T01:00:00Z", 1),
        counted("flow-2", "2026-11-18T01:00:00Z", 1),
        counted("flow-3", "2026-11-20T01:00:00Z", 1),
        counted("flow-4", "2026-11-22T01:00:00Z", 1),
        counted("flow-5", "2026-11-23T01:10:00Z", 40));
  }

  private static Fact counted(String id, String time, int people) {
    return new TrackSighting(
        Sample.origin(id, Sample.COMMUNITY, "gate-north", time),
        id,
        TrackSighting.Kind.PERSON,
        null,
        null,
        people,
        0.95,
        Direction.IN,
        "");
  }
}
