package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.registry.VisitorPass;
import gatehouse.site.Zone;
import java.util.List;

/** A pass for one use opens the door a second time. */
final class VisitorPassMisuseExample {

  private VisitorPassMisuseExample() {}

  static List<Fact> history() {
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("d-north", "North door", List.of(Zone.open("north")), List.of())),
        new VisitorPass(
            Sample.registered("vp-pass", "2026-11-23T00:00:00Z", "2026-11-27T00:00:00Z"),
            "v-17",
            "p-17",
            "u-17",
            List.of("d-north"),
            1),
        Sample.card(
            "vp-1", "d-north", "2026-11-24T01:00:00Z", "v-17", Direction.IN, Outcome.GRANTED),
        Sample.card(
            "vp-2", "d-north", "2026-11-24T01:10:00Z", "v-17", Direction.IN, Outcome.GRANTED));
  }
}
