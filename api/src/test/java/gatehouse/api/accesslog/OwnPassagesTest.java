package gatehouse.api.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Residents see when they themselves passed, and nothing of anybody else (trust.md S1, L14). */
class OwnPassagesTest {

  private final Instant noon =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));
  private final String home = newCommunity();
  private final String elsewhere = newCommunity();
  private final String account = TestSite.account("RESIDENT", home);
  private final Client resident = Client.of(account);

  @BeforeEach
  void isZhao() {
    TestSite.person(account, home, "zhao");
    register(home, "e-1", "card-of-zhao", "zhao", noon.minusSeconds(3600), null);
    register(home, "e-2", "card-of-qian", "qian", noon.minusSeconds(3600), null);
    register(elsewhere, "e-1", "card-of-qian", "zhao", noon.minusSeconds(3600), null);
  }

  @Test
  void showsTheOwnCardAndFaceOnly() {
    store(
        event(home, "card-of-zhao", noon),
        event(home, "card-of-qian", noon.plusSeconds(1)),
        event(home, "zhao", noon.plusSeconds(2)),
        event(elsewhere, "card-of-qian", noon.plusSeconds(3)),
        TestEvents.face(home, "zhao", noon.plusSeconds(4)),
        TestEvents.face(home, "qian", noon.plusSeconds(5)),
        TestEvents.face(home, null, noon.plusSeconds(6)),
        TestEvents.face(elsewhere, "zhao", noon.plusSeconds(7)),
        TestEvents.plate(home, "zhao", noon.plusSeconds(8)),
        TestEvents.door(home, "door-1", "gate-1", DoorEvent.Change.OPENED, noon.plusSeconds(9)));
    assertThat(seconds("")).containsExactly(4L, 0L);
    assertThat(seconds("community=" + home)).containsExactly(4L, 0L);
    assertThat(seconds("community=" + elsewhere)).isEmpty();
    assertThat(seconds("subject=card-of-qian")).isEmpty();
    assertThat(seconds("place=gate-1&outcome=GRANTED")).containsExactly(0L);
    assertThat(throughTheWall("RESIDENT", home)).containsExactly("card-of-zhao", "zhao");
    assertThat(throughTheWall("RESIDENT", elsewhere)).isEmpty();
    assertThat(throughTheWall("RESIDENT", "*")).containsExactly("card-of-zhao", "zhao");
    assertThat(throughTheWall("VISITOR", home)).isEmpty();
    assertThat(resident.get("/api/v1/access-log.csv").status()).isEqualTo(403);
  }

  @Test
  void aCardIsOnesOwnOnlyAsLongAsOneHoldsIt() {
    Instant handedOver = noon.plusSeconds(60);
    register(home, "e-3", "card-of-zhao", "sun", handedOver, null);
    store(
        event(home, "card-of-zhao", noon.minusSeconds(3601)),
        event(home, "card-of-zhao", handedOver.minusSeconds(1)),
        event(home, "card-of-zhao", handedOver),
        event(home, "card-of-zhao", handedOver.plusSeconds(5)));
    assertThat(seconds("")).containsExactly(59L);
    assertThat(throughTheWall("RESIDENT", home)).hasSize(1);
  }

  @Test
  void anAccountThatIsNobodySeesNothing() {
    store(event(home, "card-of-zhao", noon));
    Client nobody = Client.of(TestSite.account("RESIDENT", home));
    assertThat(nobody.get("/api/v1/access-log").json().path("items").size()).isZero();
  }

  @Test
  void pagesHoldTheOwnRowsOnly() {
    List<DeviceEvent> events = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      events.add(event(home, i % 2 == 0 ? "card-of-zhao" : "card-of-qian", noon.plusSeconds(i)));
    }
    store(events.toArray(DeviceEvent[]::new));
    String next = resident.get("/api/v1/access-log?limit=3").json().path("next").asString();
    assertThat(seconds("limit=3")).containsExactly(8L, 6L, 4L);
    assertThat(seconds("limit=3&cursor=" + next)).containsExactly(2L, 0L);
  }

  private List<Long> seconds(String query) {
    return resident
        .get("/api/v1/access-log?" + query)
        .json()
        .path("items")
        .findValuesAsString("time")
        .stream()
        .map(time -> Duration.between(noon, Instant.parse(time)).toSeconds())
        .toList();
  }

  /** What the database shows to the account with no filter in the query. */
  private List<String> throughTheWall(String role, String communities) {
    try (Connection connection = Platform.get().connectAsApplication();
        PreparedStatement who =
            connection.prepareStatement(
                "select set_config('gatehouse.communities', ?, false),"
                    + " set_config('gatehouse.role', ?, false),"
                    + " set_config('gatehouse.account', ?, false)");
        PreparedStatement what =
            connection.prepareStatement("select subject from event.log order by time, id")) {
      who.setString(1, communities);
      who.setString(2, role);
      who.setString(
          3,
          Platform.get()
              .texts("select id from identity.account where username = ?", account)
              .get(0));
      who.execute();
      List<String> found = new ArrayList<>();
      try (ResultSet rows = what.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AccessEvent event(String community, String credential, Instant time) {
    return TestEvents.access(community, credential, Outcome.GRANTED, time);
  }

  private static void register(
      String community,
      String id,
      String credential,
      String holder,
      Instant from,
      @Nullable Instant to) {
    Credential fact =
        new Credential(
            new Entry(id, community, from, from, to),
            credential,
            CredentialType.CARD,
            holder,
            null,
            List.of(),
            Credential.Status.ACTIVE,
            null);
    Platform.get().publish(Topic.FACTS, community, FactCodec.encode(fact));
    await()
        .until(
            () ->
                !Platform.get()
                    .texts(
                        "select 1 from site.registry_entry where community = ? and id = ?",
                        community,
                        id)
                    .isEmpty());
  }

  private static void store(DeviceEvent... events) {
    TestEvents.store(events);
  }

  private static String newCommunity() {
    String community = "own-" + UUID.randomUUID().toString().substring(0, 8);
    TestSite.community(community, community);
    return community;
  }
}
