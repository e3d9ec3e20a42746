package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.site.PassRule;
import gatehouse.site.PassRule.Effect;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
import java.util.List;
import java.util.Set;

/** A resident's card opens the plant room, which only its staff may enter. */
final class RestrictedEntryExample {

  private RestrictedEntryExample() {}

  static List<Fact> history() {
    Zone room = new Zone("plant-room", "Plant room", AntiPassback.NONE, null, false, 3, null);
    PassRule staffOnly =
        new PassRule(
            Effect.ALLOW,
            Set.of("staff"),
            Set.of(),
            Set.of(),
            Set.of(),
            null,
            null,
            Direction.UNKNOWN);
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("d-plant", "Plant room door", List.of(room), List.of(staffOnly))),
        Sample.card(
            "re-1", "d-plant", "2026-11-24T01:00:00Z", "c-17", Direction.IN, Outcome.GRANTED));
  }
}
