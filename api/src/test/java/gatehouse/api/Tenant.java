package gatehouse.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A community with one of everything that an address can name, made by its own people, so that a
 * test can try it with the people of another. Everything of it carries the community's id or is
 * found in {@link #ids()}.
 */
final class Tenant {

  private static final Random PLATES = new Random();

  final String community;
  final String unit;
  final String person;
  final String lookUp = UUID.randomUUID().toString();
  final Map<String, Client> people = new LinkedHashMap<>();
  private final Map<String, String> ids = new LinkedHashMap<>();

  /** A community of its own. */
  Tenant(String prefix) {
    this(prefix + "-" + UUID.randomUUID().toString().substring(0, 8), "1-101", "p-1");
  }

  /** Other people of the same community, in the next home. */
  Tenant beside() {
    return new Tenant(community, "1-102", "p-9");
  }

  private Tenant(String community, String unit, String person) {
    this.community = community;
    this.unit = unit;
    this.person = person;
    TestSite.community(community, community);
    for (String role : new String[] {"POLICE", "PROPERTY", "OPERATIONS", "AUDITOR"}) {
      people.put(role, Client.of(TestSite.account(role, community)));
    }
    String door = TestSite.door(community, "door");
    people.put("RESIDENT", Client.of(TestSite.account("RESIDENT", community, door)));
    people.put("SUPERVISOR", supervisor());
    people.put("GUARD", Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community)));
    live(door);
    watch();
    work();
    letIn(door);
  }

  /** Ids of what there is, under the beginning of the addresses that name it. */
  Map<String, String> ids() {
    return ids;
  }

  private Client supervisor() {
    return Client.of(TestSite.accountWithDuty("POLICE", "SUPERVISOR", community));
  }

  private void live(String door) {
    ids.put("/api/v1/doors", community + ":" + door);
    ids.put("/api/v1/lockdowns/door", community + ":" + door);
    ids.put("/api/v1/devices", door);
    ids.put("/api/v1/credential-sync", door);
    put(
        "PROPERTY",
        "/api/v1/persons/" + community + "/" + person,
        "{\"name\":\"赵敏\",\"nonFaceWay\":\"CARD\"}");
    register(
        "residency/" + person + ":" + unit,
        "\"person\":\"" + person + "\",\"unit\":\"" + unit + "\"",
        "");
    register(
        "device/" + door,
        "\"id\":\"" + door + "\",\"place\":\"place-" + door + "\",\"kind\":\"access-terminal\"",
        "");
    String lease = "l-" + UUID.randomUUID();
    register(
        "lease/" + lease,
        "\"lease\":\""
            + lease
            + "\",\"unit\":\""
            + unit
            + "\",\"tenant\":\"p-2\",\"credentials\":[\"c-"
            + unit
            + "\"]",
        ",\"validTo\":\"" + Instant.now().plus(Duration.ofDays(20)) + "\"");
    String plate = "A" + String.valueOf(10_000 + PLATES.nextInt(80_000));
    register(
        "vehicle/%E4%BA%AC" + plate,
        "\"plate\":\"京" + plate + "\",\"owner\":\"" + person + "\",\"unit\":\"" + unit + "\"",
        "");
    ids.put("/api/v1/leases", lease);
    ids.put("/api/v1/belongings", "%E4%BA%AC" + plate);
    register("credential/c-" + unit, "\"credential\":\"c-" + unit + "\",\"type\":\"CARD\"", "");
    String code =
        must(people
                .get("PROPERTY")
                .post(
                    "/api/v1/persons/" + community + "/" + person + "/claim-code",
                    "{}",
                    "Idempotency-Key",
                    person))
            .json()
            .path("code")
            .asString();
    must(people.get("RESIDENT").post("/api/v1/claims", "{\"code\":\"" + code + "\"}"));
    String pass = UUID.randomUUID().toString();
    put(
        "RESIDENT",
        "/api/v1/visitor-passes/" + pass,
        "{\"community\":\"" + community + "\",\"unit\":\"" + unit + "\",\"visitor\":\"孙悟空\"}");
    ids.put("/api/v1/visitor-passes", pass);
    String report = UUID.randomUUID().toString();
    put(
        "RESIDENT",
        "/api/v1/reports/" + report,
        "{\"community\":\"" + community + "\",\"category\":\"NOISE\",\"text\":\"drums\"}");
    ids.put("/api/v1/reports", report);
  }

  private void watch() {
    Instant now = Instant.now();
    String alert = UUID.randomUUID().toString();
    Platform.get()
        .asOwner(
            "insert into alert.alert (id, revision, state, model, community, place, severity,"
                + " audiences, subjects, first_event_time, last_event_time, detected_at,"
                + " received_at, detail) values (?::uuid, 1, 'OPEN', 'm', ?, 'p', 'P3',"
                + " '{POLICE,PROPERTY,OPERATIONS}', '{}', now(), now(), now(), now(), '{}')",
            alert,
            community);
    ids.put("/api/v1/alerts", alert);
    String caseId = UUID.randomUUID().toString();
    put(
        "POLICE",
        "/api/v1/cases/" + caseId,
        "{\"number\":\"%s\",\"legalBasis\":\"law\",\"purpose\":\"theft\",\"areas\":[{\"community\":\"%s\"}],\"from\":\"%s\",\"to\":\"%s\",\"expires\":\"%s\",\"members\":[]}"
            .formatted(
                caseId,
                community,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(5))));
    must(people.get("SUPERVISOR").post("/api/v1/cases/" + caseId + "/approve", "{}"));
    ids.put("/api/v1/cases", caseId);
    String order = UUID.randomUUID().toString();
    put(
        "POLICE",
        "/api/v1/watch-orders/" + order,
        "{\"caseId\":\"%s\",\"subjectType\":\"plate\",\"subject\":\"京A99999\",\"legalBasis\":\"law\",\"communities\":[\"%s\"],\"expires\":\"%s\"}"
            .formatted(caseId, community, now.plus(Duration.ofDays(2))));
    ids.put("/api/v1/watch-orders", order);
    put(
        "POLICE",
        "/api/v1/cases/" + caseId + "/look-ups/" + lookUp,
        "{\"kind\":\"SUBJECT\",\"community\":\"%s\",\"subjectType\":\"credential\",\"subject\":\"c\"}"
            .formatted(community));
    String handOver = UUID.randomUUID().toString();
    put("POLICE", "/api/v1/cases/hand-overs/" + handOver, "{\"text\":\"" + community + "\"}");
    ids.put("/api/v1/cases/hand-overs", handOver);
    String news = UUID.randomUUID().toString();
    put(
        "POLICE",
        "/api/v1/news/" + news,
        "{\"communities\":[\"%s\"],\"titleZh\":\"通知\",\"bodyZh\":\"注意\",\"titleEn\":\"Notice\",\"bodyEn\":\"Mind\",\"publishAt\":\"%s\",\"expiresAt\":\"%s\"}"
            .formatted(community, now, now.plus(Duration.ofDays(3))));
    ids.put("/api/v1/news", news);
  }

  private void work() {
    String silence = UUID.randomUUID().toString();
    put(
        "PROPERTY",
        "/api/v1/silences/" + silence,
        "{\"community\":\"%s\",\"place\":\"p\",\"reason\":\"works\",\"ends\":\"%s\"}"
            .formatted(community, Instant.now().plus(Duration.ofDays(1))));
    ids.put("/api/v1/silences", silence);
    String order = UUID.randomUUID().toString();
    put(
        "PROPERTY",
        "/api/v1/work-orders/" + order,
        "{\"community\":\"" + community + "\",\"kind\":\"REPAIR\",\"title\":\"hinge\"}");
    ids.put("/api/v1/work-orders", order);
    String export = UUID.randomUUID().toString();
    put(
        "PROPERTY",
        "/api/v1/exports/" + export,
        "{\"what\":\"PERSONS\",\"community\":\"" + community + "\",\"reason\":\"audit\"}");
    ids.put("/api/v1/exports", export);
    String webhook = UUID.randomUUID().toString();
    put(
        "PROPERTY",
        "/api/v1/webhooks/" + webhook,
        "{\"communities\":[\""
            + community
            + "\"],\"types\":[\"alert.told\"],\"models\":[],\"url\":\"http://127.0.0.1:9/hook\"}");
    ids.put("/api/v1/webhooks", webhook);
  }

  private void letIn(String door) {
    String pass = UUID.randomUUID().toString();
    put(
        "PROPERTY",
        "/api/v1/property-passes/" + pass,
        "{\"community\":\"%s\",\"kind\":\"DELIVERY\",\"company\":\"Express\",\"responsible\":\"office\",\"places\":[\"place-%s\"],\"validTo\":\"%s\",\"uses\":1}"
            .formatted(community, door, Instant.now().plus(Duration.ofHours(2))));
    ids.put("/api/v1/property-passes", pass);
  }

  private void register(String thing, String fields, String validity) {
    put(
        "PROPERTY",
        "/api/v1/registry/" + community + "/" + thing,
        "{\"fields\":{" + fields + "}" + validity + "}");
  }

  private void put(String role, String path, String body) {
    must(people.get(role).put(path, body));
  }

  private static Client.Answer must(Client.Answer answer) {
    if (answer.status() / 100 != 2) {
      throw new AssertionError(
          answer.response().uri() + " " + answer.status() + " " + answer.body());
    }
    return answer;
  }
}
