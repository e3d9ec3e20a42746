package gatehouse.replay;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Explanations;
import gatehouse.alert.Subject;
import gatehouse.model.ModelCatalogue;
import gatehouse.replay.mapping.EventId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert as the report shows it. The components are the fields of the JSON report; docs/replay.md
 * describes them.
 */
record AlertView(
    String id,
    String model,
    String title,
    AlertState state,
    String severity,
    String community,
    String place,
    String placeName,
    List<Subject> subjects,
    Instant firstEventTime,
    Instant lastEventTime,
    LocalDateTime localTime,
    Instant detectedAt,
    LocalDateTime detectedLocalTime,
    @Nullable Instant closedAt,
    int occurrences,
    double score,
    int revision,
    String summary,
    String closing,
    String stoppedBy,
    String coverage,
    List<EvidenceView> evidence,
    Map<String, String> settings) {

  /** A piece of evidence with the line of the log on which it stands; line 0: not in the log. */
  record EvidenceView(
      String eventId,
      int line,
      Instant time,
      LocalDateTime localTime,
      String place,
      String placeName,
      String role) {}

  /**
   * The alert in this language, with places and plates as the log writes them.
   *
   * @param placeNames by id
   * @param plates by canonical form
   */
  static AlertView of(
      Alert alert,
      Map<String, String> placeNames,
      Map<String, String> plates,
      ZoneId zone,
      Locale language) {
    Explanations texts = Explanations.in(language);
    return new AlertView(
        alert.id(),
        alert.model(),
        title(alert.model(), language),
        alert.state(),
        alert.severity().name(),
        alert.community(),
        alert.place(),
        placeNames.getOrDefault(alert.place(), alert.place()),
        alert.subjects().stream().map(subject -> asLogged(subject, plates)).toList(),
        alert.firstEventTime(),
        alert.lastEventTime(),
        local(alert.firstEventTime(), zone),
        alert.detectedAt(),
        local(alert.detectedAt(), zone),
        alert.closedAt(),
        alert.occurrences(),
        alert.score(),
        alert.revision(),
        texts.text(alert.explanation()),
        alert.closing() == null ? "" : texts.text(alert.closing()),
        alert.stoppedBy().isEmpty() ? "" : texts.text(alert.stoppedBy()),
        alert.coverage().name(),
        alert.evidence().stream()
            .map(
                piece ->
                    new EvidenceView(
                        piece.eventId(),
                        EventId.line(piece.eventId()),
                        piece.time(),
                        local(piece.time(), zone),
                        piece.place(),
                        placeNames.getOrDefault(piece.place(), piece.place()),
                        piece.role()))
            .toList(),
        alert.settings());
  }

  private static Subject asLogged(Subject subject, Map<String, String> plates) {
    return subject.type().equals("plate")
        ? new Subject(
            subject.type(), plates.getOrDefault(subject.id(), subject.id()), subject.role())
        : subject;
  }

  /** Whether it still stands. */
  boolean stands() {
    return state != AlertState.RETRACTED;
  }

  /** Who or what it is about, in one line. */
  String about() {
    return String.join(
        ", ", subjects.stream().map(subject -> subject.type() + ' ' + subject.id()).toList());
  }

  private static String title(String model, Locale language) {
    return ModelCatalogue.find(model)
        .map(
            entry ->
                language.getLanguage().equals("zh") ? entry.card().titleZh() : entry.card().title())
        .orElse(model);
  }

  private static LocalDateTime local(Instant time, ZoneId zone) {
    return LocalDateTime.ofInstant(time, zone);
  }
}
