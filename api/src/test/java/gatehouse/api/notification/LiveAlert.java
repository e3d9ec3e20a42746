package gatehouse.api.notification;

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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

/** An alert of just now, told in plain words. */
record LiveAlert(
    String id,
    int revision,
    AlertState state,
    String community,
    String model,
    Severity severity,
    Set<Audience> audiences,
    Subject subject,
    String place,
    String device) {

  static LiveAlert of(String community, String model, Severity severity, Audience... audiences) {
    return new LiveAlert(
        UUID.randomUUID().toString(),
        1,
        AlertState.OPEN,
        community,
        model,
        severity,
        Set.of(audiences),
        new Subject("door", "door-" + UUID.randomUUID(), "door"),
        "place-1",
        "device-1");
  }

  LiveAlert about(String type, String subject) {
    return new LiveAlert(
        id,
        revision,
        state,
        community,
        model,
        severity,
        audiences,
        new Subject(type, subject, "subject"),
        place,
        device);
  }

  LiveAlert at(String otherPlace, String otherDevice) {
    return new LiveAlert(
        id,
        revision,
        state,
        community,
        model,
        severity,
        audiences,
        subject,
        otherPlace,
        otherDevice);
  }

  /** The next revision. */
  LiveAlert then(AlertState next, Severity severityThen, Audience... audiencesThen) {
    return new LiveAlert(
        id,
        revision + 1,
        next,
        community,
        model,
        severityThen,
        Set.of(audiencesThen),
        subject,
        place,
        device);
  }

  LiveAlert closed() {
    return then(AlertState.CLOSED, severity, audiences.toArray(Audience[]::new));
  }

  LiveAlert retracted() {
    return then(AlertState.RETRACTED, severity, audiences.toArray(Audience[]::new));
  }

  /** Publishes it as the job does, and waits until the API has stored it. */
  LiveAlert arrives() {
    Platform.get().publish(Topic.ALERTS, id, RecordCodec.of(Alert.class).encode(alert()));
    Awaitility.await()
        .until(
            () ->
                Platform.get()
                    .texts("select revision from alert.alert where id = ?", UUID.fromString(id))
                    .contains(Integer.toString(revision)));
    return this;
  }

  private Alert alert() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new Alert(
        id,
        revision,
        state,
        model,
        1,
        community,
        place,
        "episode",
        List.of(subject),
        severity,
        audiences,
        now.minusSeconds(30),
        now,
        now,
        state == AlertState.OPEN ? null : now,
        new Explanation("seen {who}", Map.of("who", subject.id())),
        state == AlertState.OPEN ? null : new Explanation("quiet", Map.of()),
        model + ".stopped-by",
        List.of(new Evidence("event-1", now, place, device, ClockQuality.GOOD, model + ".seen")),
        1,
        0.9,
        Coverage.FULL,
        ClockQuality.GOOD,
        Map.of(),
        Attention.NOTIFY);
  }
}
