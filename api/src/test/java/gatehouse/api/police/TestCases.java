package gatehouse.api.police;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A community of its own, an analyst with a case in it, and a supervisor. */
final class TestCases {

  final String community = "case-" + UUID.randomUUID().toString().substring(0, 8);
  final Instant noon =
      Instant.now().truncatedTo(java.time.temporal.ChronoUnit.DAYS).minus(Duration.ofHours(36));
  final String analyst;
  final String supervisor;
  final Client asAnalyst;
  final Client asSupervisor;

  TestCases() {
    TestSite.community(community, community);
    analyst = TestSite.account("POLICE", community);
    supervisor = TestSite.accountWithDuty("POLICE", "SUPERVISOR", community);
    asAnalyst = Client.of(analyst);
    asSupervisor = Client.of(supervisor);
  }

  /** Opens a case of the whole community, the day around noon; nobody has approved it yet. */
  String requested(String... members) {
    return requestedAt("", members);
  }

  String requestedAt(String place, String... members) {
    String id = UUID.randomUUID().toString();
    Client.Answer answer = asAnalyst.put("/api/v1/cases/" + id, wish(id, place, members));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return id;
  }

  /** A case that a supervisor has approved. */
  String open(String... members) {
    String id = requested(members);
    approve(id);
    return id;
  }

  void approve(String id) {
    Client.Answer answer = asSupervisor.post("/api/v1/cases/" + id + "/approve", "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  String wish(String number, String place, String... members) {
    return """
        {"number":"%s","legalBasis":"Criminal Procedure Law, article 115","purpose":"theft",
         "areas":[{"community":"%s","place":"%s"}],"from":"%s","to":"%s","expires":"%s",
         "members":[%s]}
        """
        .formatted(
            number,
            community,
            place,
            noon.minus(Duration.ofHours(12)),
            noon.plus(Duration.ofHours(12)),
            Instant.now().plus(Duration.ofDays(10)),
            members.length == 0 ? "" : "\"" + String.join("\",\"", members) + "\"");
  }

  String ofSubject(String type, String subject) {
    return "{\"kind\":\"SUBJECT\",\"subjectType\":\"%s\",\"subject\":\"%s\"}"
        .formatted(type, subject);
  }

  String spot(String place, Instant from, Instant to) {
    return "{\"community\":\"%s\",\"place\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}"
        .formatted(community, place, from, to);
  }

  /** Looks up under a new id. */
  Client.Answer lookUp(Client client, String caseId, String question) {
    return client.put("/api/v1/cases/" + caseId + "/look-ups/" + UUID.randomUUID(), question);
  }

  static String tag(Client client, String path) {
    return client.get(path).header("ETag");
  }

  static void expire(String caseId) {
    Platform.get()
        .asOwner(
            "update police.case_file set expires_at = now() - interval '1 second' where id = ?::uuid",
            caseId);
  }

  /** An alert that goes to an audience; returns its id. */
  String alert(String audience) {
    String id = UUID.randomUUID().toString();
    Platform.get()
        .asOwner(
            "insert into alert.alert (id, revision, state, model, community, place, severity,"
                + " audiences, subjects, first_event_time, last_event_time, detected_at,"
                + " received_at, detail) values (?::uuid, 1, 'OPEN', 'm', ?, 'p', 'P3',"
                + " array[?], '{}', now(), now(), now(), now(), '{}')",
            id,
            community,
            audience);
    return id;
  }
}
