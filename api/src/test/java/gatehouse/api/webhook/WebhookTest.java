package gatehouse.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks from the notification to the receiver, and what their owners see (trust.md F36). */
class WebhookTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String community = "hook-" + UUID.randomUUID().toString().substring(0, 8);
  private final Client manager = Client.of(TestSite.account("PROPERTY", community));

  @Test
  void aReceiverIsToldWhatWasSubscribedSignedAndWithoutNames() throws IOException {
    try (Receiver receiver = Receiver.answering(200)) {
      JsonNode made = subscribe(manager, UUID.randomUUID(), receiver.url()).json();
      say("ALERT", "POLICE", "device-health");
      say("ALERT", "PROPERTY", "tailgating");
      say("DIGEST", "PROPERTY", "device-health");
      say("WITHDRAWN", "PROPERTY", "device-health");
      await().until(() -> receiver.told().size() == 1);
      Receiver.Told told = receiver.told().get(0);
      assertThat(
              WebhookSecret.signatures(
                  List.of(new WebhookSecret(made.path("secret").asString())),
                  told.id(),
                  Long.parseLong(told.timestamp()),
                  told.body()))
          .isEqualTo(told.signature());
      JsonNode event = JSON.readTree(told.body());
      assertThat(event.path("type").asString()).isEqualTo("alert.withdrawn");
      assertThat(event.path("data").propertyNames())
          .containsExactlyInAnyOrder(
              "notification",
              "community",
              "model",
              "place",
              "severity",
              "channel",
              "alerts",
              "link");
      assertThat(event.at("/data/link").asString()).startsWith("http://127.0.0.1:8080/alerts");
      assertThat(told.body()).doesNotContain("粤B12345", "p-secret");
      String hook = "/api/v1/webhooks/" + made.path("id").asString();
      await().until(() -> deliveries(hook).at("/0/state").asString().equals("DELIVERED"));
      assertThat(manager.get(hook).json().path("secret").isNull()).isTrue();
      manager.post(hook + "/deliveries/" + told.id() + "/replay", "{}");
      await().until(() -> receiver.told().size() == 2);
      assertThat(receiver.told().get(1).id()).isEqualTo(told.id());
    }
  }

  @Test
  void f36ASlowAndABrokenReceiverDelayNoOther() throws IOException {
    try (Receiver silent = Receiver.silent();
        Receiver broken = Receiver.answering(500);
        Receiver redirecting = Receiver.answering(302);
        Receiver good = Receiver.answering(204)) {
      String slow = hook(silent);
      String failing = hook(broken);
      String elsewhere = hook(redirecting);
      hook(good);
      for (int i = 0; i < 3; i++) {
        say("ALERT", "PROPERTY", "device-health");
      }
      await().until(() -> good.told().size() == 3);
      assertThat(deliveries(slow).valueStream().filter(one -> one.path("attempts").asInt() > 1))
          .isEmpty();
      await().until(() -> problems(slow).contains("TIMEOUT"));
      await().until(() -> problems(failing).contains("STATUS"));
      await().until(() -> problems(elsewhere).contains("REDIRECT"));
      broken.answerWith(200);
      await()
          .until(
              () ->
                  deliveries(failing)
                      .valueStream()
                      .allMatch(one -> one.path("state").asString().equals("DELIVERED")));
      assertThat(broken.told().stream().map(Receiver.Told::id).distinct()).hasSize(3);
    }
  }

  @Test
  void nothingIsSkippedWhenTransactionsEndInAnotherOrder() throws IOException, SQLException {
    try (Receiver receiver = Receiver.answering(200);
        Connection late = Platform.get().connectAsOwner();
        Statement sql = late.createStatement()) {
      hook(receiver);
      late.setAutoCommit(false);
      sql.execute(message("ALERT", "PROPERTY", "device-health"));
      for (int i = 0; i < 3; i++) {
        say("ALERT", "PROPERTY", "device-health");
      }
      FanOut fanOut = Platform.get().api().getBean(FanOut.class);
      fanOut.run(java.time.Instant.now());
      late.commit();
      await().until(() -> receiver.told().size() == 4);
    }
  }

  @Test
  void whoFailsForThreeDaysIsDisabledAndCanBeEnabled() throws IOException {
    try (Receiver receiver = Receiver.answering(503)) {
      String hook = hook(receiver);
      Platform.get()
          .asOwner(
              "update webhook.subscription set failing_since = now() - interval '73 hours'"
                  + " where ? = any (communities)",
              community);
      assertThat(test(hook, "one").status()).isEqualTo(202);
      await().until(() -> !manager.get(hook).json().path("disabledAt").isNull());
      assertThat(test(hook, "two").code()).isEqualTo("webhook-disabled");
      assertThat(
              Platform.get()
                  .texts(
                      "select action from audit.entry where chain = ? and who = 'gatehouse'",
                      community))
          .containsExactly("webhook.disable");
      receiver.answerWith(200);
      assertThat(manager.post(hook + "/enable", "{}").status()).isEqualTo(200);
      assertThat(test(hook, "three").status()).isEqualTo(202);
      assertThat(test(hook, "three").status()).isEqualTo(202);
      await()
          .until(
              () ->
                  receiver.told().stream()
                          .filter(one -> one.body().contains("webhook.test"))
                          .map(Receiver.Told::id)
                          .distinct()
                          .count()
                      == 2);
    }
  }

  @Test
  void whoeverMayNotLookAnyMoreIsNotTold() throws IOException {
    String name = TestSite.account("PROPERTY", community);
    try (Receiver former = Receiver.answering(200);
        Receiver present = Receiver.answering(200)) {
      subscribe(Client.of(name), UUID.randomUUID(), former.url());
      hook(present);
      Platform.get().asOwner("update identity.account set duty = 'GUARD' where username = ?", name);
      say("ALERT", "PROPERTY", "device-health");
      await().until(() -> present.told().size() == 1);
      assertThat(former.told()).isEmpty();
    }
  }

  @Test
  void twoSecretsSignWhileTheReceiverChanges() throws IOException {
    try (Receiver receiver = Receiver.answering(200)) {
      String hook = hook(receiver);
      String secret = manager.post(hook + "/rotate", "{}").json().path("secret").asString();
      test(hook, "one");
      await().until(() -> receiver.told().size() == 1);
      Receiver.Told told = receiver.told().get(0);
      assertThat(told.signature()).matches("v1,\\S+ v1,\\S+");
      assertThat(told.signature())
          .contains(
              WebhookSecret.signatures(
                  List.of(new WebhookSecret(secret)),
                  told.id(),
                  Long.parseLong(told.timestamp()),
                  told.body()));
      assertThat(
              Platform.get()
                  .texts(
                      "select encode(secret, 'escape') from webhook.subscription where ? = any (communities)",
                      community))
          .noneMatch(kept -> kept.contains("whsec_"));
    }
  }

  @Test
  void s1OthersNeitherSeeNorChangeIt() throws IOException {
    try (Receiver receiver = Receiver.answering(200)) {
      UUID id = UUID.randomUUID();
      Client.Answer made = subscribe(manager, id, receiver.url());
      assertThat(made.status()).isEqualTo(200);
      String hook = "/api/v1/webhooks/" + id;
      Client elsewhere = Client.of(TestSite.account("PROPERTY", "hook-elsewhere"));
      Client operations = Client.of(TestSite.account("OPERATIONS", community));
      for (Client other : List.of(elsewhere, operations)) {
        assertThat(other.get(hook).status()).isEqualTo(404);
        assertThat(other.delete(hook).status()).isEqualTo(404);
        assertThat(other.get(hook + "/deliveries").status()).isEqualTo(404);
      }
      assertThat(subscribe(elsewhere, UUID.randomUUID(), receiver.url()).status()).isEqualTo(404);
      assertThat(subscribe(operations, id, receiver.url()).code()).isEqualTo("webhook-id-used");
      Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));
      assertThat(guard.get("/api/v1/webhooks").status()).isEqualTo(403);
      assertThat(subscribe(manager, id, receiver.url() + "2").status()).isEqualTo(428);
      assertThat(subscribe(manager, id, receiver.url()).status()).isEqualTo(200);
      assertThat(subscribe(manager, UUID.randomUUID(), "https://user@example.com/").code())
          .isEqualTo("webhook-address");
      assertThat(manager.delete(hook).status()).isEqualTo(204);
    }
  }

  private String hook(Receiver receiver) {
    UUID id = UUID.randomUUID();
    assertThat(subscribe(manager, id, receiver.url()).status()).isEqualTo(200);
    return "/api/v1/webhooks/" + id;
  }

  private Client.Answer subscribe(Client client, UUID id, String url) {
    return client.put(
        "/api/v1/webhooks/" + id,
        "{\"communities\":[\"%s\"],\"types\":[\"alert.told\",\"alert.withdrawn\"],\"models\":[\"device-health\"],\"url\":\"%s\"}"
            .formatted(community, url));
  }

  private Client.Answer test(String hook, String key) {
    return manager.post(hook + "/test", "{}", "Idempotency-Key", key);
  }

  private JsonNode deliveries(String hook) {
    return manager.get(hook + "/deliveries").json().path("items");
  }

  private List<String> problems(String hook) {
    return deliveries(hook).valueStream().map(one -> one.path("problem").asString("")).toList();
  }

  private void say(String kind, String audience, String model) {
    Platform.get().asOwner(message(kind, audience, model));
  }

  private String message(String kind, String audience, String model) {
    return ("insert into notification.message (kind, channel, community, audience, persons, model,"
            + " place, severity, explanation, at) values ('%s', 'APP', '%s', '%s', '{p-secret}',"
            + " '%s', 'gate-1', 'P3', '{\"text\":\"粤B12345\"}', now())")
        .formatted(kind, community, audience, model);
  }
}
