package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
import java.util.List;

/** The same card goes twice into the server room and never comes out. */
final class AntiPassbackExample {

  private AntiPassbackExample() {}

  static List<Fact> history() {
    Zone room = new Zone("server-room", "Server room", AntiPassback.STRICT, null, false, 3, null);
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("d-server", "Server room door", List.of(room), List.of())),
        Sample.card(
            "ap-1", "d-server", "2026-11-24T01:00:00Z", "c-17", Direction.IN, Outcome.GRANTED),
        Sample.card(
            "ap-2", "d-server", "2026-11-24T01:30:00Z", "c-17", Direction.IN, Outcome.GRANTED));
  }
}
