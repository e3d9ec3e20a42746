package gatehouse.api.alert;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Attention;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Explanation;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.model.ModelTexts;
import gatehouse.event.ClockQuality;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts as somebody reads them: in the own language, without more names than the role needs. */
final class AlertViews {

  private final ModelTexts texts;
  private final boolean masked;

  private AlertViews(ModelTexts texts, boolean masked) {
    this.texts = texts;
    this.masked = masked;
  }

  static AlertViews of(Account account, Locale locale) {
    return new AlertViews(ModelTexts.in(locale), account.role() != Role.POLICE);
  }

  /** A line of the list; also what the stream sends. */
  record Item(
      String id,
      String model,
      String title,
      String community,
      String communityName,
      String place,
      String placeName,
      Severity severity,
      AlertState state,
      Handling handling,
      Instant firstEventTime,
      Instant lastEventTime,
      Instant detectedAt,
      Instant receivedAt,
      List<Subject> subjects,
      String summary,
      int revision,
      @Nullable String acknowledgedBy,
      @Nullable Instant acknowledgedAt,
      @Nullable Disposition disposition,
      Attention attention,
      @Nullable Telling telling) {}

  /** An event that an alert rests on. */
  record EvidenceItem(
      String eventId, Instant time, String place, String placeName, String device, String text) {}

  /** All that is known of an alert. */
  record Detail(
      String id,
      String model,
      String title,
      String community,
      String communityName,
      String place,
      String placeName,
      Severity severity,
      AlertState state,
      Handling handling,
      Instant firstEventTime,
      Instant lastEventTime,
      Instant detectedAt,
      Instant receivedAt,
      List<Subject> subjects,
      String summary,
      int revision,
      @Nullable String acknowledgedBy,
      @Nullable Instant acknowledgedAt,
      @Nullable Disposition disposition,
      Attention attention,
      @Nullable Telling telling,
      String explanation,
      String stoppedBy,
      List<EvidenceItem> evidence,
      Map<String, String> settings,
      Coverage coverage,
      ClockQuality clockQuality,
      int occurrences,
      double score,
      List<String> innocentExplanations,
      List<AlertStore.Step> history,
      List<Escalated> escalation,
      @Nullable String retraction) {}

  Item item(AlertRow row) {
    Alert alert = row.alert();
    return new Item(
        row.id().toString(),
        alert.model(),
        texts.title(alert.model()),
        alert.community(),
        row.communityName(),
        alert.place(),
        row.placeName(),
        alert.severity(),
        alert.state(),
        row.handling(),
        alert.firstEventTime(),
        alert.lastEventTime(),
        alert.detectedAt(),
        row.receivedAt(),
        subjects(alert),
        text(alert, alert.explanation()),
        alert.revision(),
        row.acknowledgedBy(),
        row.acknowledgedAt(),
        row.disposition(),
        row.attention(),
        row.telling());
  }

  /**
   * The whole alert.
   *
   * @param places names of the places of the evidence, by community/place
   */
  Detail detail(
      AlertRow row,
      Map<String, String> places,
      List<AlertStore.Step> history,
      List<Escalated> escalation) {
    Alert alert = row.alert();
    Item item = item(row);
    Explanation closing = alert.closing();
    return new Detail(
        item.id(),
        item.model(),
        item.title(),
        item.community(),
        item.communityName(),
        item.place(),
        item.placeName(),
        item.severity(),
        item.state(),
        item.handling(),
        item.firstEventTime(),
        item.lastEventTime(),
        item.detectedAt(),
        item.receivedAt(),
        item.subjects(),
        item.summary(),
        item.revision(),
        item.acknowledgedBy(),
        item.acknowledgedAt(),
        item.disposition(),
        item.attention(),
        item.telling(),
        item.summary(),
        texts.text(alert.stoppedBy()),
        alert.evidence().stream().map(one -> evidence(alert, one, places)).toList(),
        alert.settings(),
        alert.coverage(),
        alert.clock(),
        alert.occurrences(),
        alert.score(),
        texts.innocentExplanations(alert.model()),
        history,
        escalation,
        alert.state() == AlertState.RETRACTED && closing != null ? text(alert, closing) : null);
  }

  private EvidenceItem evidence(Alert alert, Evidence evidence, Map<String, String> places) {
    return new EvidenceItem(
        evidence.eventId(),
        evidence.time(),
        evidence.place(),
        places.getOrDefault(alert.community() + '/' + evidence.place(), evidence.place()),
        evidence.device(),
        texts.text(evidence.role()));
  }

  private List<Subject> subjects(Alert alert) {
    return masked ? alert.subjects().stream().map(Masking::subject).toList() : alert.subjects();
  }

  private String text(Alert alert, Explanation explanation) {
    return texts.text(masked ? Masking.explanation(alert, explanation) : explanation);
  }
}
