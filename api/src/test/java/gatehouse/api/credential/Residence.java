package gatehouse.api.credential;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.event.CredentialType;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.registry.Lease;
import gatehouse.registry.RegistryFact;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A community of a test's own, with its registry and the ledger as its property sees it. */
final class Residence {

  static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  private final String community = "ledger-" + UUID.randomUUID().toString().substring(0, 8);
  private final Client property;

  Residence() {
    TestSite.community(community, community);
    property = Client.of(TestSite.account("PROPERTY", community));
  }

  String community() {
    return community;
  }

  Client property() {
    return property;
  }

  /** A new terminal; its place is {@code place-} and its id. */
  String door() {
    return TestSite.door(community, "door");
  }

  static void record(RegistryFact... facts) {
    Registry registry = Platform.get().api().getBean(Registry.class);
    Platform.get()
        .api()
        .getBean("consumers", Store.class)
        .run(
            Scope.NOBODY,
            tx -> {
              for (RegistryFact fact : facts) {
                registry.record(tx, fact, "test");
              }
            });
  }

  Entry entry(Instant from, @Nullable Instant to) {
    return new Entry(UUID.randomUUID().toString(), community, Instant.now(), from, to);
  }

  Credential card(String id, String... doors) {
    return credential(id, Credential.Status.ACTIVE, null, doors);
  }

  Credential credential(
      String id, Credential.Status status, @Nullable Instant to, String... doors) {
    return new Credential(
        entry(LONG_AGO, to),
        id,
        CredentialType.CARD,
        null,
        null,
        List.of(doors).stream().map(door -> "place-" + door).toList(),
        status,
        null);
  }

  Lease lease(String id, @Nullable Instant to, String... credentials) {
    return new Lease(entry(LONG_AGO, to), id, "b1-0101", "tenant", List.of(credentials));
  }

  /** The ledger's row of a credential at a door; missing if there is none. */
  JsonNode row(String door, String credential) {
    return property
        .get(
            "/api/v1/credential-sync?community="
                + community
                + "&device="
                + door
                + "&credential="
                + credential)
        .json()
        .path("items")
        .path(0);
  }

  void awaitState(String door, String credential, String state) {
    Awaitility.await().until(() -> row(door, credential).path("state").asString().equals(state));
  }

  /** Waits until a read-back has proved that the terminal has it, or has it not. */
  void awaitConfirmed(String door, String credential, boolean wanted) {
    Awaitility.await()
        .untilAsserted(
            () -> {
              JsonNode row = row(door, credential);
              org.assertj.core.api.Assertions.assertThat(row.path("state").asString())
                  .as(row.toString())
                  .isEqualTo("CONFIRMED");
              org.assertj.core.api.Assertions.assertThat(row.path("wanted").isObject())
                  .isEqualTo(wanted);
            });
  }

  JsonNode summary(String door) {
    for (JsonNode one :
        property
            .get("/api/v1/credential-sync/summary?community=" + community)
            .json()
            .path("items")) {
      if (one.path("device").asString().equals(door)) {
        return one;
      }
    }
    throw new AssertionError("no terminal " + door);
  }

  Client.Answer readBack(String door) {
    return property.send(
        "POST",
        "/api/v1/credential-sync/" + door + "/read-back",
        null,
        "Idempotency-Key",
        UUID.randomUUID().toString());
  }

  JsonNode moveOut(Client client, String lease) {
    return client.get("/api/v1/leases/" + lease + "/move-out").json();
  }
}
