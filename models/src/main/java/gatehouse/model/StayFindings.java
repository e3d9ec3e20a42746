package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import java.time.Duration;
import java.time.Instant;

/** How an overstay is told and taken back. */
final class StayFindings {

  private StayFindings() {}

  /** A visit that lasts too long. */
  static Finding.Builder finding(Visit visit, Instant now, String code, double score) {
    return Finding.evidence(
            visit.episode(),
            visit.entered().eventId(),
            visit.community(),
            visit.entered().place(),
            now)
        .since(visit.since())
        .subject(visit.subjectType(), visit.subject(), "visitor")
        .to(Audience.PROPERTY)
        .explanation(code)
        .value("who", visit.subject())
        .value("area", visit.zone().isEmpty() ? visit.placeName() : visit.zoneName())
        .value("lasted", Labels.of(Duration.between(visit.since(), now)))
        .value("limit", Labels.of(Duration.between(visit.since(), visit.limit())))
        .stoppedBy("overstay.stopped-by-leaving")
        .evidence(visit.entered())
        .coverage(Coverage.NOT_NEEDED)
        .score(score);
  }

  /** It did not last too long after all. */
  static Finding retraction(Visit visit, Instant now, String code) {
    return Finding.retract(
        visit.episode(),
        visit.entered().eventId(),
        visit.community(),
        visit.entered().place(),
        now,
        code);
  }

  /** How urgent a stage is. */
  static Severity severity(int stage) {
    return stage == Overstay.TWO_WEEKS
        ? Severity.P2
        : stage == Overstay.WEEK ? Severity.P3 : Severity.P4;
  }
}
