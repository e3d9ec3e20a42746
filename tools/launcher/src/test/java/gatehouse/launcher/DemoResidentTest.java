package gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.CredentialType;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.registry.Residency;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoResidentTest {

  private final List<Fact> facts =
      List.of(
          lives("hilltop", "sun"),
          holds("hilltop", "sun", Credential.Status.ACTIVE),
          lives("riverside", "cardless"),
          lives("riverside", "moved"),
          holds("riverside", "moved", Credential.Status.MOVED_OUT),
          lives("riverside", "zhao"),
          holds("riverside", "zhao", Credential.Status.ACTIVE),
          holds("riverside", "courier", Credential.Status.ACTIVE));

  @Test
  void livesThereAndHoldsACard() {
    assertThat(DemoResident.persons(facts, "riverside")).containsExactly("riverside:zhao");
    assertThat(DemoResident.persons(facts, "lakeside")).isEmpty();
  }

  private static Residency lives(String community, String person) {
    return new Residency(entry(community, "r-" + person), person, "1-101", Residency.Role.OWNER);
  }

  private static Credential holds(String community, String person, Credential.Status status) {
    return new Credential(
        entry(community, "c-" + person),
        "card-" + person,
        CredentialType.CARD,
        person,
        null,
        List.of(),
        status,
        null);
  }

  private static Entry entry(String community, String id) {
    return new Entry(id, community, Instant.EPOCH, Instant.EPOCH, null);
  }
}
