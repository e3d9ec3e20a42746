package gatehouse.api.alert;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Attention;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Explanation;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.api.Platform;
import gatehouse.event.ClockQuality;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Alerts as the job publishes them. */
final class TestAlerts {

  static final Instant TIME = Instant.parse("2026-11-01T08:00:00.123456Z");

  private TestAlerts() {}

  static Alert alert(String community, Audience... audiences) {
    return alert(UUID.randomUUID().toString(), community, audiences);
  }

  static Alert alert(String id, String community, Audience... audiences) {
    return new Alert(
        id,
        1,
        AlertState.OPEN,
        "restricted-entry",
        1,
        community,
        "gate-1",
        "episode",
        List.of(new Subject("plate", "粤B12345", "subject"), new Subject("door", "gate-1", "door")),
        Severity.P2,
        Set.of(audiences),
        TIME,
        TIME.plusSeconds(30),
        TIME.plusSeconds(30),
        null,
        new Explanation("seen 粤B12345 twice {who}", Map.of("who", "粤B12345")),
        null,
        "restricted-entry.stopped-by",
        List.of(
            new Evidence(
                "event-1", TIME, "gate-1", "camera-1", ClockQuality.GOOD, "restricted-entry.seen")),
        1,
        0.9,
        Coverage.FULL,
        ClockQuality.GOOD,
        Map.of("limit", "PT30S"),
        Attention.NOTIFY);
  }

  static Alert revised(Alert alert, int revision, AlertState state, Severity severity) {
    return new Alert(
        alert.id(),
        revision,
        state,
        alert.model(),
        alert.modelVersion(),
        alert.community(),
        alert.place(),
        alert.episode(),
        alert.subjects(),
        severity,
        alert.audiences(),
        alert.firstEventTime(),
        alert.lastEventTime(),
        alert.detectedAt(),
        state == AlertState.OPEN ? null : TIME.plusSeconds(60),
        alert.explanation(),
        state == AlertState.OPEN ? null : new Explanation("quiet", Map.of()),
        alert.stoppedBy(),
        alert.evidence(),
        alert.occurrences(),
        alert.score(),
        alert.coverage(),
        alert.clock(),
        alert.settings(),
        alert.attention());
  }

  static void publish(Alert alert) {
    Platform.get().publish(Topic.ALERTS, alert.id(), RecordCodec.of(Alert.class).encode(alert));
  }

  /** Waits until the API has this revision. */
  static void publishAndAwait(Alert alert) {
    publish(alert);
    org.awaitility.Awaitility.await()
        .until(
            () ->
                Platform.get()
                    .texts(
                        "select revision from alert.alert where id = ?",
                        UUID.fromString(alert.id()))
                    .contains(Integer.toString(alert.revision())));
  }
}
