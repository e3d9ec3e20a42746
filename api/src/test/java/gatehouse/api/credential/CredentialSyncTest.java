package gatehouse.api.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gatehouse.api.ApiMain;
import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.api.door.Doors;
import gatehouse.api.door.RawClient;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.credential.CredentialEntry;
import gatehouse.credential.CredentialListAnswer;
import gatehouse.credential.CredentialListCommand;
import gatehouse.credential.ListDigest;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.registry.Credential;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.Residency;
import gatehouse.registry.VisitorPass;
import gatehouse.simulator.door.ReferenceDoor;
import gatehouse.wire.RecordCodec;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * The ledger from the registry to the lock and back, with the real broker, the real database and
 * simulated terminals (D-04, R-03, U-06, W-04).
 */
class CredentialSyncTest {

  private final Residence here = new Residence();

  @BeforeAll
  static void platform() {
    Platform.get();
  }

  @Test
  void aCardThatIsGrantedIsReadBackAndOpensItsDoorAndNoOther() throws Exception {
    String id = here.door();
    String other = here.door();
    try (ReferenceDoor door = Doors.start(here.community(), id);
        ReferenceDoor another = Doors.start(here.community(), other)) {
      assertThat(door.present("card-1", Instant.now())).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
      Residence.record(here.card("card-1", id));
      here.awaitConfirmed(id, "card-1", true);
      JsonNode row = here.row(id, "card-1");
      assertThat(row.path("revision").asLong()).isEqualTo(door.list().revision());
      assertThat(row.path("sentTime").asString()).isLessThan(row.path("provedTime").asString());
      assertThat(door.present("card-1", Instant.now())).isEqualTo(DenialReason.NONE);
      JsonNode summary = here.summary(id);
      assertThat(
              Duration.between(
                  Instant.parse(summary.path("readTime").asString()),
                  Instant.parse(summary.path("readDueTime").asString())))
          .isEqualTo(Ledger.READ_EVERY);
      assertThat(another.present("card-1", Instant.now()))
          .isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
      Residence.record(here.credential("card-1", Credential.Status.LOST, null, id));
      here.awaitConfirmed(id, "card-1", false);
      assertThat(door.present("card-1", Instant.now())).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
      assertThat(door.listRefusals()).isEmpty();
    }
  }

  @Test
  void w04ALeaseThatEndsAtSixIsProvedRemovedAndDoesNotOpenAtSeven() throws Exception {
    Instant six = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    Instant seven = six.plus(Duration.ofHours(1));
    String id = here.door();
    String second = here.door();
    String lease = "lease-" + UUID.randomUUID();
    String owner = owner("b1-0101");
    try (ReferenceDoor door = Doors.start(here.community(), id);
        ReferenceDoor other = Doors.start(here.community(), second)) {
      Residence.record(here.card("tenant-card"), here.lease(lease, null, "tenant-card"));
      here.awaitConfirmed(id, "tenant-card", true);
      here.awaitConfirmed(second, "tenant-card", true);
      assertThat(here.moveOut(here.property(), lease).path("complete").asBoolean()).isFalse();

      Residence.record(here.lease(lease, six, "tenant-card"));
      await()
          .until(
              () ->
                  Instant.parse(
                          here.row(id, "tenant-card")
                              .path("wanted")
                              .path("to")
                              .asString("1970-01-01T00:00:00Z"))
                      .equals(six));
      here.awaitConfirmed(id, "tenant-card", true);
      here.awaitConfirmed(second, "tenant-card", true);
      // The terminal keeps to the hours even if nobody can reach it at six.
      assertThat(door.present("tenant-card", six.minusSeconds(60))).isEqualTo(DenialReason.NONE);
      assertThat(door.present("tenant-card", seven)).isEqualTo(DenialReason.EXPIRED);

      other.cut();
      await().until(() -> !here.summary(second).path("online").asBoolean());
      desires().refresh(here.community(), "tenant-card", six);
      here.awaitConfirmed(id, "tenant-card", false);
      here.awaitState(second, "tenant-card", "OFFLINE");
      JsonNode half = here.moveOut(here.property(), lease);
      assertThat(half.path("complete").asBoolean()).isFalse();
      assertThat(door(half, second).path("reason").asString()).isEqualTo("TERMINAL_AWAY");
      assertThat(door(half, id).path("proof").asString()).isEqualTo("REMOVED");

      try (ReferenceDoor back = Doors.start(here.community(), second)) {
        here.awaitConfirmed(second, "tenant-card", false);
        assertThat(back.present("tenant-card", seven)).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
      }
      JsonNode proof = here.moveOut(Client.of(owner), lease);
      assertThat(proof.path("complete").asBoolean()).isTrue();
      assertThat(proof.path("doors").size()).isEqualTo(2);
      assertThat(door(proof, id).path("revision").asLong()).isEqualTo(door.list().revision());
      assertThat(Instant.parse(door(proof, id).path("provedTime").asString()))
          .isBefore(Instant.now());
      assertThat(door(proof, id).path("credential").asString()).doesNotContain("tenant-card");
      assertThat(door.present("tenant-card", seven)).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
      String neighbour = TestSite.account("RESIDENT", here.community());
      assertThat(Client.of(neighbour).get("/api/v1/leases/" + lease + "/move-out").status())
          .isEqualTo(404);
    }
  }

  @Test
  void f30ADoorThatIsAwayGoesOnWithItsListAndIsBroughtUpToDateWhenItIsBack() throws Exception {
    String id = here.door();
    ReferenceDoor door = Doors.start(here.community(), id);
    Residence.record(here.card("stays"), here.card("goes"));
    here.awaitConfirmed(id, "stays", true);
    here.awaitConfirmed(id, "goes", true);
    door.cut();
    await().until(() -> !here.summary(id).path("online").asBoolean());
    Residence.record(here.credential("goes", Credential.Status.REVOKED, null), here.card("comes"));
    here.awaitState(id, "goes", "OFFLINE");
    here.awaitState(id, "comes", "OFFLINE");
    assertThat(here.row(id, "goes").path("stillOpens").asBoolean()).isTrue();
    assertThat(door.present("stays", Instant.now())).isEqualTo(DenialReason.NONE);
    assertThat(door.present("comes", Instant.now())).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
    JsonNode mismatches =
        here.property()
            .get("/api/v1/credential-sync?stillOpens=true&community=" + here.community())
            .json()
            .path("items");
    assertThat(mismatches.size()).isEqualTo(1);
    assertThat(mismatches.path(0).path("credential").asString()).isEqualTo("goes");

    // A restart: what it knows after a power cut is what lies in its file.
    try (ReferenceDoor back = Doors.start(here.community(), id)) {
      assertThat(back.present("stays", Instant.now())).isEqualTo(DenialReason.NONE);
      here.awaitConfirmed(id, "goes", false);
      here.awaitConfirmed(id, "comes", true);
      assertThat(back.present("goes", Instant.now())).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
      assertThat(back.present("comes", Instant.now())).isEqualTo(DenialReason.NONE);
      assertThat(here.summary(id).path("drifts").asLong()).isZero();
    }
  }

  @Test
  void d04WhatIsChangedOnSiteIsFoundByAReadBackAndRepaired() throws Exception {
    String id = here.door();
    try (ReferenceDoor door = Doors.start(here.community(), id)) {
      Residence.record(
          IntStream.range(0, 450)
              .mapToObj(number -> here.card("card-" + number))
              .toArray(RegistryFact[]::new));
      await().until(() -> here.summary(id).path("confirmed").asInt() == 450);
      List<CredentialEntry> asItShouldBe = door.list().entries();
      assertThat(asItShouldBe).hasSize(450);

      door.list()
          .addOnSite(
              new CredentialEntry(
                  "stranger", CredentialType.CARD, "", Residence.LONG_AGO, null, 0));
      door.list().removeOnSite("card-7");
      door.list()
          .addOnSite(
              new CredentialEntry("card-8", CredentialType.CARD, "", Instant.now(), null, 0));
      assertThat(door.present("stranger", Instant.now())).isEqualTo(DenialReason.NONE);
      assertThat(here.readBack(id).status()).isEqualTo(202);
      await().until(() -> here.summary(id).path("drifts").asLong() == 3);
      await().until(() -> door.list().entries().equals(asItShouldBe));
      here.awaitConfirmed(id, "stranger", false);
      here.awaitConfirmed(id, "card-7", true);
      assertThat(here.row(id, "card-8").path("drifts").asInt()).isEqualTo(1);
      assertThat(door.present("stranger", Instant.now()))
          .isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
      JsonNode summary = here.summary(id);
      assertThat(summary.path("drift").asInt()).isZero();
      assertThat(summary.path("stillOpen").asInt()).isZero();
    }
  }

  @Test
  void u06APassOpensSoOftenByACodeThatNeverTravels() throws Exception {
    String id = here.door();
    String other = here.door();
    VisitorPass pass =
        new VisitorPass(
            here.entry(Residence.LONG_AGO, null), "pass-1", "host", "b1-0101", List.of(), 2);
    try (ReferenceDoor door = Doors.start(here.community(), id);
        ReferenceDoor second = Doors.start(here.community(), other)) {
      Residence.record(pass);
      CredentialCodes codes = Platform.get().api().getBean(CredentialCodes.class);
      Platform.get()
          .api()
          .getBean("consumers", Store.class)
          .run(Scope.NOBODY, tx -> codes.keep(tx, here.community(), "pass-1", "40718263"));
      await()
          .untilAsserted(
              () -> assertThat(door.list().entries()).noneMatch(one -> one.code().isEmpty()));
      here.awaitConfirmed(id, "pass-1", true);
      here.awaitConfirmed(other, "pass-1", true);
      Instant now = Instant.now();
      assertThat(door.enter("40718264", now)).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
      assertThat(door.present("pass-1", now)).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
      assertThat(door.enter("40718263", now)).isEqualTo(DenialReason.NONE);
      assertThat(door.enter("40718263", now)).isEqualTo(DenialReason.NONE);
      assertThat(door.enter("40718263", now)).isEqualTo(DenialReason.EXPIRED);
      String digest = door.list().entries().get(0).code();
      assertThat(digest).isNotEmpty().doesNotContain("40718263");
      assertThat(second.list().entries().get(0).code()).isNotEqualTo(digest);
    }
  }

  @Test
  void onlyWhoIssuesAPassGivesItItsCode() {
    String host = TestSite.account("RESIDENT", here.community());
    TestSite.person(host, here.community(), "host");
    Residence.record(
        new VisitorPass(here.entry(Residence.LONG_AGO, null), "mine", "host", "b1", List.of(), 1),
        new VisitorPass(
            here.entry(Residence.LONG_AGO, null), "theirs", "another", "b2", List.of(), 1));
    String account =
        Platform.get().texts("select id from identity.account where username = ?", host).get(0);
    Scope scope = Scope.of(List.of(here.community()), "RESIDENT", account);
    CredentialCodes codes = Platform.get().api().getBean(CredentialCodes.class);
    Store requests = Platform.get().api().getBean("requests", Store.class);
    requests.run(scope, tx -> codes.keep(tx, here.community(), "mine", "40718263"));
    requests.run(scope, tx -> codes.keep(tx, here.community(), "mine", "51829374"));
    assertThatThrownBy(
            () -> requests.run(scope, tx -> codes.keep(tx, here.community(), "theirs", "40718263")))
        .rootCause()
        .hasMessageContaining("row-level security");
  }

  @Test
  void whatWasProvedIsForgottenAfterItsTime() throws Exception {
    String id = here.door();
    try (ReferenceDoor door = Doors.start(here.community(), id)) {
      Residence.record(here.card("gone"), here.card("there"));
      here.awaitConfirmed(id, "gone", true);
      here.awaitConfirmed(id, "there", true);
      Residence.record(here.credential("gone", Credential.Status.REVOKED, null));
      here.awaitConfirmed(id, "gone", false);
      LedgerRetention retention = Platform.get().api().getBean(LedgerRetention.class);
      retention.clear(Instant.now().plus(LedgerRetention.PROOFS).minusSeconds(3600));
      assertThat(here.row(id, "gone").isObject()).isTrue();
      retention.clear(Instant.now().plus(LedgerRetention.PROOFS).plusSeconds(1));
      assertThat(here.row(id, "gone").isObject()).isFalse();
      assertThat(here.row(id, "there").isObject()).isTrue();
      assertThat(door.present("there", Instant.now())).isEqualTo(DenialReason.NONE);
    }
  }

  @Test
  void aTerminalThatNeverAnswersDelaysNoOther() throws Exception {
    String mute = here.door();
    String id = here.door();
    try (RawClient silent = RawClient.muteDoor(here.community(), mute);
        ReferenceDoor door = Doors.start(here.community(), id)) {
      Residence.record(here.card("card-1"));
      here.awaitConfirmed(id, "card-1", true);
      assertThat(here.row(mute, "card-1").path("state").asString())
          .isIn("PENDING", "SENT", "OFFLINE");
      assertThat(door.listRefusals()).isEmpty();
      assertThat(silent.received()).isEmpty();
    }
  }

  @Test
  void aTerminalThatClaimsThingsAllTheTimeDelaysNoOtherAndIsNotBelieved() throws Exception {
    String loud = here.door();
    String id = here.door();
    CredentialListAnswer claim =
        new CredentialListAnswer(
            UUID.randomUUID().toString(),
            CredentialListAnswer.Outcome.READ,
            CredentialListAnswer.Refusal.NONE,
            7,
            ListDigest.of(List.of()),
            0,
            List.of(),
            false,
            Instant.now());
    byte[] answer = RecordCodec.of(CredentialListAnswer.class).encode(claim);
    try (RawClient noise = RawClient.muteDoor(here.community(), loud);
        ReferenceDoor door = Doors.start(here.community(), id)) {
      Residence.record(here.card("card-1"));
      for (int i = 0; i < 500; i++) {
        noise.publish(
            "gatehouse/v1/" + here.community() + "/" + loud + "/ack",
            answer,
            CredentialListAnswer.CONTENT_TYPE);
      }
      here.awaitConfirmed(id, "card-1", true);
      assertThat(door.present("card-1", Instant.now())).isEqualTo(DenialReason.NONE);
      assertThat(here.row(loud, "card-1").path("state").asString()).isNotEqualTo("CONFIRMED");
      assertThat(here.summary(loud).path("revision").asLong()).isZero();
    }
  }

  @Test
  void twoInstancesDoNotFight() throws Exception {
    String id = here.door();
    try (ConfigurableApplicationContext second = ApiMain.start(Platform.get().settings(Map.of()));
        ReferenceDoor door = Doors.start(here.community(), id)) {
      for (int round = 0; round < 3; round++) {
        int from = round * 40;
        Residence.record(
            IntStream.range(from, from + 40)
                .mapToObj(number -> here.card("card-" + number))
                .toArray(RegistryFact[]::new));
        await().until(() -> here.summary(id).path("confirmed").asInt() == from + 40);
      }
      assertThat(second.isRunning()).isTrue();
      assertThat(door.list().entries()).hasSize(120);
      assertThat(door.listRefusals()).isEmpty();
      assertThat(here.summary(id).path("drifts").asLong()).isZero();
    }
  }

  @Test
  void aChangeThatWasWrittenDownAndNeverSentIsNotTakenForDone() throws Exception {
    String id = here.door();
    Ledger.Key terminal = new Ledger.Key(here.community(), id);
    try (ReferenceDoor door = Doors.start(here.community(), id)) {
      Residence.record(here.card("card-1"));
      here.awaitConfirmed(id, "card-1", true);
      door.list().removeOnSite("card-1");
      ledger()
          .run(
              Scope.NOBODY,
              tx -> {
                Ledger.hold(tx, terminal);
                tx.update(
                        """
                        update ledger.entry set sent = null, confirmed = null, state = 'PENDING',
                          attempts = 0
                        where community = :community
                        """)
                    .bind("community", here.community())
                    .execute();
                // As a crash leaves it between writing a change down and sending it.
                Instant now = Instant.now();
                List<Ledger.Change> changes = Ledger.changes(tx, terminal, 1);
                Ledger.sent(tx, terminal, changes, door.list().revision() + 1, now);
                Ledger.underWay(
                    tx, terminal, UUID.randomUUID(), CredentialListCommand.Action.CHANGE, now);
              });
      await().until(() -> door.list().entries().size() == 1);
      here.awaitConfirmed(id, "card-1", true);
      assertThat(here.row(id, "card-1").path("attempts").asInt()).isEqualTo(2);
      assertThat(here.summary(id).path("drifts").asLong()).isZero();
    }
  }

  /** A turn that finds nothing to do puts the next one off for hours. */
  @Test
  void aReadBackThatIsAskedForDuringATurnIsNotPutOff() throws Exception {
    String id = here.door();
    Ledger.Key terminal = new Ledger.Key(here.community(), id);
    try (ReferenceDoor door = Doors.start(here.community(), id)) {
      Residence.record(here.card("card-1"));
      here.awaitConfirmed(id, "card-1", true);
      String before = here.summary(id).path("readTime").asString();
      CompletableFuture<Client.Answer> asked =
          ledger()
              .in(
                  Scope.NOBODY,
                  tx -> {
                    Ledger.hold(tx, terminal);
                    var wish = CompletableFuture.supplyAsync(() -> here.readBack(id));
                    await()
                        .until(
                            () ->
                                wish.isDone()
                                    || Platform.get().waiting("gatehouse-api", "advisory") > 0);
                    Ledger.rest(tx, terminal, Instant.now().plus(Ledger.READ_EVERY));
                    return wish;
                  });
      assertThat(asked.join().status()).isEqualTo(202);
      await().until(() -> !here.summary(id).path("readTime").asString().equals(before));
      assertThat(door.listRefusals()).isEmpty();
    }
  }

  @Test
  void aTerminalThatLostItsListGetsItAgain() throws Exception {
    String id = here.door();
    try (ReferenceDoor door = Doors.start(here.community(), id)) {
      Residence.record(here.card("card-1"), here.card("card-2"));
      here.awaitConfirmed(id, "card-1", true);
      here.awaitConfirmed(id, "card-2", true);
      assertThat(door.listRefusals()).isEmpty();
    }
    await().until(() -> !here.summary(id).path("online").asBoolean());
    Files.delete(
        Platform.get()
            .folder("doors")
            .resolve(here.community() + "-" + id + ".nonces.credentials"));
    try (ReferenceDoor door = Doors.start(here.community(), id)) {
      await().until(() -> door.list().entries().size() == 2);
      here.awaitConfirmed(id, "card-1", true);
      assertThat(here.summary(id).path("drifts").asLong()).isEqualTo(2);
      assertThat(door.list().revision()).isGreaterThan(1);
    }
  }

  @Test
  void s4WhatCannotBeADevicesIdReachesNoTopic() {
    String id = "a/b+#" + UUID.randomUUID();
    Platform.get()
        .asOwner(
            "insert into site.device values (?, ?, 'p', '', 'door-controller', 'IN', true, now())",
            here.community(),
            id);
    Residence.record(here.card("card-1"));
    await()
        .until(
            () ->
                Platform.get()
                    .texts(
                        "select last_error from ledger.device where community = ? and device = ?",
                        here.community(),
                        id)
                    .contains("NOT_A_TOPIC"));
  }

  @Test
  void aListThatCannotBeReadKeepsNoOtherFromItsTurn() throws Exception {
    String broken = here.door();
    String id = here.door();
    Ledger.Key terminal = new Ledger.Key(here.community(), broken);
    try (ReferenceDoor door = Doors.start(here.community(), broken)) {
      Residence.record(here.card("card-1", broken));
      here.awaitConfirmed(broken, "card-1", true);
      ledger()
          .run(
              Scope.NOBODY,
              tx -> {
                Ledger.hold(tx, terminal);
                tx.update(
                        """
                        update ledger.entry set sent = null, desired = '{', state = 'PENDING'
                        where community = :community and device = :device
                        """)
                    .bind("community", here.community())
                    .bind("device", broken)
                    .execute();
                Ledger.rest(tx, terminal, Residence.LONG_AGO);
              });
      try (ReferenceDoor other = Doors.start(here.community(), id)) {
        Residence.record(here.card("card-2", id));
        here.awaitConfirmed(id, "card-2", true);
        assertThat(other.present("card-2", Instant.now())).isEqualTo(DenialReason.NONE);
      }
      assertThat(here.summary(broken).path("lastError").asString()).isEqualTo("UNREADABLE");
      assertThat(door.listRefusals()).isEmpty();
    }
  }

  @Test
  void onlyThoseWhoRunTheDoorsSeeTheLedgerAndOperationsNoCard() throws Exception {
    String id = here.door();
    try (ReferenceDoor door = Doors.start(here.community(), id)) {
      Residence.record(here.card("card-4711"));
      here.awaitConfirmed(id, "card-4711", true);
      String path = "/api/v1/credential-sync?community=" + here.community();
      String guard = TestSite.accountWithDuty("PROPERTY", "GUARD", here.community());
      assertThat(Client.of(guard).get(path).status()).isEqualTo(403);
      Client stranger = Client.of(TestSite.account("PROPERTY", "elsewhere"));
      assertThat(stranger.get(path).json().path("items").size()).isZero();
      assertThat(
              stranger
                  .send(
                      "POST",
                      "/api/v1/credential-sync/" + id + "/read-back",
                      null,
                      "Idempotency-Key",
                      "k")
                  .status())
          .isEqualTo(404);
      Client operations = Client.of(TestSite.account("OPERATIONS", here.community()));
      Client.Answer seen = operations.get(path);
      assertThat(seen.json().path("items").size()).isEqualTo(1);
      assertThat(seen.body()).doesNotContain("card-4711");
      assertThat(door.listRefusals()).isEmpty();
    }
  }

  @Test
  void pagesAndRepeatedWishes() throws Exception {
    String id = here.door();
    try (ReferenceDoor door = Doors.start(here.community(), id)) {
      Residence.record(here.card("c-1"), here.card("c-2"), here.card("c-3"));
      await().until(() -> here.summary(id).path("confirmed").asInt() == 3);
      String path = "/api/v1/credential-sync?limit=2&community=" + here.community();
      JsonNode first = here.property().get(path).json();
      assertThat(first.path("items").size()).isEqualTo(2);
      JsonNode rest = here.property().get(path + "&cursor=" + first.path("next").asString()).json();
      assertThat(rest.path("items").size()).isEqualTo(1);
      assertThat(rest.path("next").isNull()).isTrue();
      String other = here.door();
      await().untilAsserted(() -> here.summary(other));
      String key = UUID.randomUUID().toString();
      for (int i = 0; i < 2; i++) {
        assertThat(wish(id, key).status()).isEqualTo(202);
      }
      assertThat(wish(other, key).status()).isEqualTo(422);
      assertThat(
              here.property()
                  .send("POST", "/api/v1/credential-sync/" + id + "/read-back", null)
                  .status())
          .isEqualTo(400);
      assertThat(
              Platform.get()
                  .texts(
                      "select outcome from audit.entry where chain = ? and action ="
                          + " 'credential.read-back'",
                      here.community()))
          .hasSize(1);
      assertThat(door.listRefusals()).isEmpty();
    }
  }

  private Client.Answer wish(String door, String key) {
    return here.property()
        .send(
            "POST", "/api/v1/credential-sync/" + door + "/read-back", null, "Idempotency-Key", key);
  }

  private String owner(String unit) {
    String account = TestSite.account("RESIDENT", here.community());
    TestSite.person(account, here.community(), "the-owner");
    Residence.record(
        new Residency(
            here.entry(Residence.LONG_AGO, null), "the-owner", unit, Residency.Role.OWNER));
    return account;
  }

  private static Store ledger() {
    return Platform.get().api().getBean("ledger", Store.class);
  }

  private static Desires desires() {
    return Platform.get().api().getBean(Desires.class);
  }

  private static JsonNode door(JsonNode proof, String device) {
    for (JsonNode door : proof.path("doors")) {
      if (door.path("device").asString().equals(device)) {
        return door;
      }
    }
    throw new AssertionError("no door " + device + " in " + proof);
  }
}
