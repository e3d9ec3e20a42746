package gatehouse.model;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Credential.Status;
import gatehouse.site.Zone;
import java.util.List;

/** A card that was reported lost still opens the door. */
final class StaleGrantExample {

  private StaleGrantExample() {}

  static List<Fact> history() {
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("d-north", "North door", List.of(Zone.open("north")), List.of())),
        new Credential(
            Sample.registered("sg-card", "2026-06-01T00:00:00Z", "2026-11-01T00:00:00Z"),
            "c-17",
            CredentialType.CARD,
            "p-17",
            "u-17",
            List.of(),
            Status.LOST,
            null),
        Sample.card(
            "sg-1", "d-north", "2026-11-24T01:00:00Z", "c-17", Direction.IN, Outcome.GRANTED));
  }
}
