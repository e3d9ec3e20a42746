package gatehouse.model;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Credential.Status;
import gatehouse.site.Zone;
import java.util.List;

/** A card that was not used all summer opens the door again. */
final class DormantCredentialExample {

  private DormantCredentialExample() {}

  static List<Fact> history() {
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("d-north", "North door", List.of(Zone.open("north")), List.of())),
        new Credential(
            Sample.registered("dc-card", "2026-02-01T00:00:00Z", null),
            "c-17",
            CredentialType.CARD,
            "p-17",
            "u-17",
            List.of(),
            Status.ACTIVE,
            null),
        Sample.card(
            "dc-1", "d-north", "2026-06-20T01:00:00Z", "c-17", Direction.IN, Outcome.GRANTED),
        Sample.card(
            "dc-2", "d-north", "2026-11-24T01:00:00Z", "c-17", Direction.IN, Outcome.GRANTED));
  }
}
