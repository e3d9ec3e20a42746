package gatehouse.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.launcher.Stack;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.process.ServiceStatus;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The day of a resident, of the property office and of the police, through everything as {@code
 * ./gatehouse up} starts it: the requests of docs/walk-through, and between them what people do at
 * a real terminal on the real broker.
 */
@ExtendWith(City.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DaysTest {

  private static final String UNIT = "0-days";
  private static final String PERSON = "days-owner";
  private static final String TERMINAL = "days-terminal";
  private static final String PLACE = "days-door";

  private final Stack stack;
  private String community = "";
  private ApiClient property;
  private Terminal terminal;
  private final Set<String> canaries = new TreeSet<>(Canary.ALL);

  DaysTest(Stack stack) {
    this.stack = stack;
  }

  @BeforeAll
  void registerADoorAndAnOwner(@TempDir Path folder) throws Exception {
    property = ApiClient.of(stack, "manager");
    community = property.json("/session").at("/communities/0/id").asString();
    terminal = Terminal.install(stack, community, TERMINAL, PLACE, folder);
    must(
        201,
        property.put(
            "/persons/" + community + "/" + PERSON,
            "{\"name\":\"%s\",\"idNumber\":\"%s\",\"phone\":\"%s\",\"nonFaceWay\":\"CARD\"}"
                .formatted(Canary.NAME, Canary.ID_NUMBER, Canary.PHONE)));
    put(
        201,
        "/residency/" + PERSON + ":" + UNIT,
        "{\"person\":\"%s\",\"unit\":\"%s\",\"role\":\"OWNER\"}".formatted(PERSON, UNIT));
    put(
        201,
        "/vehicle/" + encoded(Canary.PLATE),
        "{\"plate\":\"%s\",\"owner\":\"%s\",\"unit\":\"%s\"}"
            .formatted(Canary.PLATE, PERSON, UNIT));
  }

  @AfterAll
  void takeTheDoorAway() {
    terminal.close();
  }

  @Test
  @Order(1)
  void theResidentsDay() throws Exception {
    String passId = UUID.randomUUID().toString();
    String leaseId = UUID.randomUUID().toString();
    String claim =
        ApiClient.parse(
                must(
                    200,
                    property.post(
                        "/persons/" + community + "/" + PERSON + "/claim-code",
                        "{}",
                        "Idempotency-Key",
                        PERSON)))
            .path("code")
            .asString();
    WalkThrough day =
        WalkThrough.of("resident.http")
            .with("host", stack.apiUrl())
            .with("resident", "resident")
            .with("residentPassword", ApiClient.password(stack, "resident"))
            .with("claimCode", claim)
            .with("community", community)
            .with("person", PERSON)
            .with("childId", UUID.randomUUID().toString())
            .with("passId", passId)
            .with("leaseId", leaseId)
            .with("leaseEnd", Instant.now().plus(Duration.ofDays(200)).toString())
            .with("plate", Canary.PLATE)
            .with("sosKey", UUID.randomUUID().toString());

    day.until("What the guest sees behind the link, without an account");
    awaitOnTerminal(passId, "CONFIRMED");
    String qr = day.value("qr");
    canaries.addAll(List.of(claim, day.value("code"), day.value("link"), qr));
    assertThat(terminal.door().scan(qr, Instant.now()))
        .as("the guest")
        .isEqualTo(DenialReason.NONE);
    assertThat(terminal.door().scan(qr, Instant.now()))
        .as("the same code once more, for somebody else")
        .isNotEqualTo(DenialReason.NONE);

    day.until(
        "The flat is let; with the lease come the tenant and an app credential for the doors");
    String card = "days-card-" + UUID.randomUUID();
    giveTheTenantACard(leaseId, day.value("tenant"), card);
    awaitOnTerminal(card, "CONFIRMED");
    assertThat(terminal.door().present(card, Instant.now())).isEqualTo(DenialReason.NONE);

    day.until("Help!");
    JsonNode sos = awaitAlert(ApiClient.of(stack, "police"), "sos", "app-");
    assertThat(sos.path("severity").asString()).isEqualTo("P1");

    day.with("now", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    day.until("The lease ends now; the doors forget the tenant");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(
                        property
                            .json("/leases/" + leaseId + "/move-out?community=" + community)
                            .path("doors")
                            .valueStream()
                            .filter(door -> door.path("device").asString().equals(TERMINAL))
                            .map(door -> door.path("proof").asString()))
                    .as("what a read-back proved")
                    .isNotEmpty()
                    .containsOnly("REMOVED"));
    assertThat(terminal.door().present(card, Instant.now()))
        .as("the tenant's card an hour later")
        .isNotEqualTo(DenialReason.NONE);
    JsonNode alert = awaitAlert(property, "stale-grant", PLACE);
    assertThat(alert.path("community").asString()).isEqualTo(community);
    ApiClient owner = ApiClient.of(stack, "resident");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(owner.json("/notices").path("items").findValuesAsString("kind"))
                    .as("what the owner is told")
                    .contains("GUEST_ARRIVED", "ENDED_GRANT_USED"));
    day.finish();
  }

  @Test
  @Order(2)
  void thePolicesDay() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    WalkThrough day =
        WalkThrough.of("police.http")
            .with("host", stack.apiUrl())
            .with("analyst", "police")
            .with("analystPassword", ApiClient.password(stack, "police"))
            .with("detective", "detective")
            .with("detectivePassword", ApiClient.password(stack, "detective"))
            .with("supervisor", "supervisor")
            .with("supervisorPassword", ApiClient.password(stack, "supervisor"))
            .with("community", community)
            .with("caseId", UUID.randomUUID().toString())
            .with("caseNumber", "A-" + UUID.randomUUID())
            .with("from", now.minus(Duration.ofDays(2)).toString())
            .with("to", now.plus(Duration.ofDays(1)).toString())
            .with("expires", now.plus(Duration.ofDays(10)).toString())
            .with("orderExpires", now.plus(Duration.ofDays(5)).toString())
            .with("orderId", UUID.randomUUID().toString())
            .with("earlyId", UUID.randomUUID().toString())
            .with("lookUpId", UUID.randomUUID().toString())
            .with("handOverId", UUID.randomUUID().toString())
            .with("credential", "card-of-nobody")
            .with("plate", Canary.WATCHED_PLATE);
    day.until("The second approval, a supervisor's: from now on the plate is watched");
    ApiClient police = ApiClient.of(stack, "police");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              terminal.door().report(origin -> read(origin, Canary.WATCHED_PLATE));
              assertThat(alerts(police, "watch-hit", PLACE)).isNotEmpty();
            });
    assertThat(property.json("/alerts?model=watch-hit&limit=100").path("items"))
        .as("nobody but the police learns of it")
        .isEmpty();
    day.finish();
  }

  @Test
  @Order(3)
  void thePropertysDay() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String card = "days-card-" + UUID.randomUUID();
    WalkThrough day =
        WalkThrough.of("property.http")
            .with("host", stack.apiUrl())
            .with("manager", "manager")
            .with("managerPassword", ApiClient.password(stack, "manager"))
            .with("other", "property")
            .with("otherPassword", ApiClient.password(stack, "property"))
            .with("community", community)
            .with("person", "days-new-" + UUID.randomUUID())
            .with("card", card)
            .with("place", PLACE)
            .with("door", community + ":" + TERMINAL)
            .with("orderId", UUID.randomUUID().toString())
            .with("passId", UUID.randomUUID().toString())
            .with("exportId", UUID.randomUUID().toString())
            .with("holdKey", UUID.randomUUID().toString())
            .with("lockKey", UUID.randomUUID().toString())
            .with("holdUntil", now.plus(Duration.ofHours(1)).toString())
            .with("passUntil", now.plus(Duration.ofHours(4)).toString());
    day.until("And a card");
    awaitOnTerminal(card, "CONFIRMED");
    assertThat(terminal.door().present(card, Instant.now())).isEqualTo(DenialReason.NONE);
    day.until("The movers are here: the door stays open for an hour, and locks by itself");
    Awaitility.await().until(() -> terminal.door().isReleased());
    day.until("They are done earlier");
    Awaitility.await().until(() -> !terminal.door().isReleased());
    JsonNode file = day.until("Masked, and marked with account and time");
    assertThat(file.asString())
        .contains("account=manager")
        .doesNotContain(Canary.NAME, Canary.PHONE, Canary.ID_NUMBER);
    day.finish();
  }

  @Test
  @Order(4)
  void s23ADuressCodeLooksLikeAnyOtherOnSiteAndReachesThePolice() throws Exception {
    String card = "days-duress-" + UUID.randomUUID();
    terminal.enterPin(card, true);
    String usual = "days-usual-" + UUID.randomUUID();
    terminal.enterPin(usual, false);
    String alert =
        "/alerts/"
            + awaitAlert(ApiClient.of(stack, "police"), "duress", card).path("id").asString();
    assertThat(property.get(alert).statusCode()).as("the property's office").isEqualTo(200);
    assertThat(ApiClient.of(stack, "guard").get(alert).statusCode()).as("on site").isEqualTo(404);
    assertThat(row(card)).isEqualTo(row(usual));
  }

  /** What the property sees of a passage, without what tells one from the other. */
  private Map<String, Object> row(String card) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              JsonNode row =
                  property
                      .json(
                          "/access-log?community=%s&subject=%s&reason=test"
                              .formatted(community, card))
                      .at("/items/0");
              Map<String, Object> seen = new TreeMap<>();
              row.propertyStream()
                  .forEach(one -> seen.put(one.getKey(), one.getValue().toString()));
              List.of("id", "time", "receivedAt", "subject").forEach(seen::remove);
              return seen;
            },
            seen -> !seen.isEmpty());
  }

  @Test
  @Order(8)
  void s19NoSecretIsInTheArgumentsOrTheEnvironmentOfAnyProcess() throws Exception {
    List<String> secrets = new ArrayList<>();
    try (Stream<Path> files = Files.walk(stack.directory().path().resolve("secrets"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (String line : Files.readAllLines(file)) {
          secrets.addAll(
              Stream.of(line.split("[,\"\\s]", -1)).filter(part -> part.length() >= 24).toList());
        }
      }
    }
    assertThat(secrets).as("the secrets of the data directory").hasSizeGreaterThan(10);
    for (ServiceStatus service : stack.status()) {
      for (String file : List.of("cmdline", "environ")) {
        String text =
            Files.readString(
                Path.of("/proc/" + service.pid() + "/" + file), StandardCharsets.ISO_8859_1);
        for (String secret : secrets) {
          assertThat(text.contains(secret)).as("%s of %s", file, service.name()).isFalse();
        }
      }
    }
  }

  @Test
  @Order(9)
  void s12NothingPersonalOrSecretIsInAnyLogOrMetric() throws Exception {
    stack.secrets().demoAccounts().forEach(account -> canaries.add(account.password()));
    List<Path> logs;
    try (Stream<Path> files = Files.list(stack.directory().path().resolve("logs"))) {
      logs = files.filter(file -> file.getFileName().toString().endsWith(".log")).toList();
    }
    assertThat(logs).as("the services' logs").hasSizeGreaterThan(5);
    for (Path log : logs) {
      String text = Files.readString(log, StandardCharsets.ISO_8859_1);
      for (String canary : canaries) {
        assertThat(text.contains(latin(canary))).as("a canary in %s", log.getFileName()).isFalse();
      }
    }
    String metrics =
        new String(
            URI.create(
                    "http://127.0.0.1:"
                        + stack.ports().of(Endpoint.MANAGEMENT)
                        + "/actuator/prometheus")
                .toURL()
                .openStream()
                .readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(metrics).contains("jvm_memory").doesNotContain(canaries);
  }

  /** As it stands in a file of UTF-8 that is read byte by byte. */
  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static PlateRead read(gatehouse.event.Origin origin, String plate) {
    return new PlateRead(
        origin,
        plate,
        plate,
        0.99,
        List.of(),
        "blue",
        "",
        "",
        "",
        "",
        Direction.IN,
        Outcome.GRANTED,
        List.of(),
        null);
  }

  private void giveTheTenantACard(String leaseId, String tenant, String card) throws Exception {
    put(
        201,
        "/credential/" + card,
        "{\"credential\":\"%s\",\"type\":\"CARD\",\"holder\":\"%s\",\"unit\":\"%s\"}"
            .formatted(card, tenant, UNIT));
    String path = "/registry/" + community + "/lease/" + leaseId;
    JsonNode lease = property.json(path).path(0);
    HttpResponse<String> changed =
        property.put(
            path,
            "{\"validTo\":\"%s\",\"fields\":{\"lease\":\"%s\",\"unit\":\"%s\",\"tenant\":\"%s\",\"credentials\":[\"app-%s\",\"%s\"]}}"
                .formatted(lease.path("validTo").asString(), leaseId, UNIT, tenant, tenant, card),
            "If-Match",
            '"' + lease.path("version").asString() + '"');
    must(200, changed);
  }

  private void awaitOnTerminal(String credential, String state) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(
                        property
                            .json(
                                "/credential-sync?community=%s&device=%s&credential=%s"
                                    .formatted(community, TERMINAL, credential))
                            .at("/items/0/state")
                            .asString())
                    .isEqualTo(state));
  }

  private JsonNode awaitAlert(ApiClient client, String model, String text) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> alerts(client, model, text).stream().findFirst().orElse(null),
            alert -> alert != null);
  }

  private List<JsonNode> alerts(ApiClient client, String model, String text) throws Exception {
    return client
        .json("/alerts?model=%s&community=%s&limit=100".formatted(model, community))
        .path("items")
        .valueStream()
        .filter(alert -> alert.toString().contains(text))
        .toList();
  }

  private void put(int status, String path, String fields) throws Exception {
    must(status, property.put("/registry/" + community + path, "{\"fields\":" + fields + "}"));
  }

  private static HttpResponse<String> must(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }
}
