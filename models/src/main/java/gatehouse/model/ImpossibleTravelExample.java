package gatehouse.model;

import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.site.Place;
import gatehouse.site.Position;
import java.util.List;

/** One person's cards open doors of two communities, twelve kilometres apart, within a minute. */
final class ImpossibleTravelExample {

  private static final String OTHER = "willow";

  private ImpossibleTravelExample() {}

  static List<Fact> history() {
    return List.of(
        Sample.entry(Sample.COMMUNITY, Sample.gate("g-west", "West gate", new Position(0, 0))),
        Sample.entry(OTHER, Sample.gate("g-hill", "Hill gate", new Position(12_000, 0))),
        use(Sample.COMMUNITY, "g-west", "it-1", "2026-11-24T01:00:00Z", "c-17"),
        use(OTHER, "g-hill", "it-2", "2026-11-24T01:00:30Z", "c-99"));
  }

  private static AccessEvent use(
      String community, String place, String id, String time, String card) {
    AccessEvent use = Sample.card(id, place, time, card, Direction.IN, Outcome.GRANTED);
    Origin origin = use.origin();
    return new AccessEvent(
        new Origin(
            id,
            community,
            origin.device(),
            Place.of(place),
            origin.time(),
            origin.receivedAt(),
            origin.boot(),
            origin.seq(),
            origin.buffered(),
            origin.clock()),
        card,
        use.credentialType(),
        use.subjectType(),
        "p-17",
        use.unit(),
        use.direction(),
        use.outcome(),
        use.reason(),
        use.duress(),
        use.command());
  }
}
