package gatehouse.model;

import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.registry.Entry;
import gatehouse.registry.Roster;
import gatehouse.site.Zone;
import java.time.Instant;
import java.util.List;

/** A cleaner's card opens a door at night, between two day shifts. */
final class OffShiftAccessExample {

  private OffShiftAccessExample() {}

  static List<Fact> history() {
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("d-north", "North door", List.of(Zone.open("north")), List.of())),
        shift("os-monday", "2026-11-23T00:00:00Z", "2026-11-23T08:00:00Z"),
        shift("os-tuesday", "2026-11-24T00:00:00Z", "2026-11-24T08:00:00Z"),
        nightUse());
  }

  private static Roster shift(String id, String from, String to) {
    Instant published = Instant.parse("2026-11-16T00:00:00Z");
    return new Roster(
        new Entry(id, Sample.COMMUNITY, published, Instant.parse(from), Instant.parse(to)),
        "w-17",
        "day");
  }

  private static AccessEvent nightUse() {
    AccessEvent use =
        Sample.card(
            "os-1", "d-north", "2026-11-23T18:00:00Z", "w-17", Direction.IN, Outcome.GRANTED);
    return new AccessEvent(
        use.origin(),
        use.credential(),
        use.credentialType(),
        "staff",
        use.person(),
        use.unit(),
        use.direction(),
        use.outcome(),
        use.reason(),
        use.duress(),
        use.command());
  }
}
