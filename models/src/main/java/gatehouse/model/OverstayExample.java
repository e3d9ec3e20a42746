package gatehouse.model;

import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.registry.VisitorPass;
import gatehouse.site.Zone;
import java.util.List;

/**
 * The smallest history with an overstay: one visitor leaves, so exits are read; another comes in
 * and is not seen to leave an hour after the end of the pass.
 */
final class OverstayExample {

  private OverstayExample() {}

  static List<Fact> history() {
    return List.of(
        Sample.entry(
            Sample.COMMUNITY,
            Sample.door("gate-1", "Pedestrian gate", List.of(Zone.open("estate")), List.of())),
        new VisitorPass(
            Sample.registered("os-p", "2026-11-24T01:00:00Z", "2026-11-24T02:00:00Z"),
            "pass-17",
            "p-17",
            "b3-0301",
            List.of(),
            0),
        visitor("os-1", "2026-11-24T01:00:00Z", "pass-12", Direction.OUT),
        visitor("os-2", "2026-11-24T01:05:00Z", "pass-17", Direction.IN));
  }

  private static AccessEvent visitor(String id, String time, String pass, Direction way) {
    return new AccessEvent(
        Sample.origin(id, Sample.COMMUNITY, "gate-1", time),
        pass,
        CredentialType.QR,
        "visitor",
        null,
        null,
        way,
        Outcome.GRANTED,
        DenialReason.NONE,
        false,
        null);
  }
}
