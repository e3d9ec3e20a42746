package gatehouse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodesTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final EpisodePolicy POLICY =
      new EpisodePolicy(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(7));

  private final Episodes episodes = new Episodes(POLICY);
  private final List<Alert> published = new ArrayList<>();
  private Episodes.Change now = new Episodes.Change(null, List.of(), null);

  private void find(int minute, String trigger, Severity severity) {
    find(minute, trigger, severity, Audience.PROPERTY);
  }

  private void find(int minute, String trigger, Severity severity, Audience... audiences) {
    Finding.Builder finding =
        Finding.evidence("door-1", trigger, "c1", "door-1", at(minute))
            .severity(severity)
            .explanation("test.found");
    for (Audience audience : audiences) {
      finding.to(audience);
    }
    take(
        episodes.onFinding(
            finding.build().stamped("test-model", 1, java.util.Map.of("limit", "PT30S")),
            now.episode()));
  }

  private void retract(int minute, String trigger) {
    take(
        episodes.onFinding(
            Finding.retract("door-1", trigger, "c1", "door-1", at(minute), "test.explained")
                .stamped("test-model", 1, java.util.Map.of()),
            now.episode()));
  }

  private void take(Episodes.Change change) {
    now = change;
    published.addAll(change.alerts());
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  @Test
  void findingsCloseTogetherAreOneAlert() {
    find(0, "e1", Severity.P3);
    find(5, "e2", Severity.P3);
    find(9, "e3", Severity.P2);
    assertThat(published).extracting(Alert::id).containsOnly(published.get(0).id());
    assertThat(published).extracting(Alert::severity).containsExactly(Severity.P3, Severity.P2);
    assertThat(last().occurrences()).isEqualTo(3);
    assertThat(last().settings()).containsEntry("limit", "PT30S");
  }

  @Test
  void quietClosesItAtTheSameTimeWhetherTheTimerOrAFindingComesFirst() {
    find(0, "e1", Severity.P3);
    take(episodes.onWake(at(10), now.episode()));
    Alert byTimer = last();

    published.clear();
    now = new Episodes.Change(null, List.of(), null);
    find(0, "e1", Severity.P3);
    find(100, "e2", Severity.P3);
    assertThat(published.get(1)).isEqualTo(byTimer);
    assertThat(byTimer.state()).isEqualTo(AlertState.CLOSED);
    assertThat(byTimer.closedAt()).isEqualTo(at(10));
    assertThat(published.get(2).id()).isNotEqualTo(byTimer.id());
  }

  @Test
  void withinTheCoolDownTheSameAlertOpensAgain() {
    find(0, "e1", Severity.P3);
    find(40, "e2", Severity.P3);
    assertThat(published)
        .extracting(Alert::state)
        .containsExactly(AlertState.OPEN, AlertState.CLOSED, AlertState.OPEN);
    assertThat(published).extracting(Alert::revision).containsExactly(1, 2, 3);
    assertThat(published).extracting(Alert::id).containsOnly(last().id());
  }

  /** Where facts are shown on arrival, an older one may come after a newer one. */
  @Test
  void theNewestEvidenceByEventTimeSaysWhere() {
    Finding gate2 = sighting(5, "e2", "gate-2");
    Finding gate1 = sighting(0, "e1", "gate-1");
    take(episodes.onFinding(gate1, null));
    take(episodes.onFinding(gate2, now.episode()));
    Alert inOrder = latest();
    take(episodes.onFinding(gate2, null));
    take(episodes.onFinding(gate1, now.episode()));
    Alert newestFirst = latest();
    assertThat(newestFirst.id()).isEqualTo(inOrder.id());
    assertThat(newestFirst.place()).isEqualTo("gate-2").isEqualTo(inOrder.place());
    assertThat(newestFirst.firstEventTime()).isEqualTo(inOrder.firstEventTime());
    assertThat(newestFirst.lastEventTime()).isEqualTo(inOrder.lastEventTime());
    assertThat(newestFirst.explanation()).isEqualTo(inOrder.explanation());
  }

  private static Finding sighting(int minute, String trigger, String place) {
    return Finding.evidence("plate-1", trigger, "c1", place, at(minute))
        .dated(START)
        .explanation("test.seen")
        .value("at", place)
        .build()
        .stamped("test-model", 1, java.util.Map.of());
  }

  private Alert latest() {
    assertThat(now.episode()).isNotNull();
    return now.episode().alert();
  }

  @Test
  void takingBackAllEvidenceRetractsTheAlertWithTheReason() {
    find(0, "e1", Severity.P2);
    find(1, "e2", Severity.P3);
    retract(3, "e1");
    assertThat(last().state()).isEqualTo(AlertState.OPEN);
    assertThat(last().severity()).isEqualTo(Severity.P3);
    retract(4, "e2");
    assertThat(last().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(last().closing()).isNotNull();
    assertThat(last().closing().code()).isEqualTo("test.explained");
    retract(5, "e2");
    assertThat(published).hasSize(3);
  }

  @Test
  void everybodySeesItForWhomAStandingFindingIs() {
    find(0, "e1", Severity.P3, Audience.PROPERTY, Audience.POLICE);
    find(1, "e2", Severity.P3, Audience.RESIDENT);
    find(2, "e3", Severity.P3, Audience.PROPERTY);
    assertThat(published).as("a new audience is told at once").hasSize(2);
    assertThat(last().audiences())
        .containsExactlyInAnyOrder(Audience.PROPERTY, Audience.POLICE, Audience.RESIDENT);
    retract(3, "e1");
    assertThat(last().audiences()).containsExactlyInAnyOrder(Audience.PROPERTY, Audience.RESIDENT);
    retract(4, "e2");
    assertThat(last().audiences()).containsExactly(Audience.PROPERTY);
  }

  @Test
  void whatIsTooOldToBeTakenBackStaysForGood() {
    find(0, "e0", Severity.P2, Audience.POLICE);
    for (int i = 1; i < 100; i++) {
      find(i, "e" + i, Severity.P3, Audience.PROPERTY);
    }
    assertThat(now.episode()).isNotNull();
    assertThat(now.episode().contributions()).hasSizeLessThanOrEqualTo(32);
    for (int i = 0; i < 100; i++) {
      retract(100, "e" + i);
    }
    assertThat(last().state()).isEqualTo(AlertState.OPEN);
    assertThat(last().severity()).isEqualTo(Severity.P2);
    assertThat(last().audiences()).containsExactlyInAnyOrder(Audience.PROPERTY, Audience.POLICE);
  }

  @Test
  void aClosedAlertCanStillBeRetractedUntilItIsForgotten() {
    find(0, "e1", Severity.P3);
    take(episodes.onWake(at(10), now.episode()));
    Instant forgetAt = now.wakeAt();
    retract(60, "e1");
    assertThat(last().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(forgetAt).isEqualTo(at(10).plus(POLICY.memory()));
    take(episodes.onWake(at(60).plus(POLICY.memory()), now.episode()));
    assertThat(now.episode()).isNull();
  }

  @Test
  void theIdDependsOnWhatTheAlertIsAboutAndNothingElse() {
    find(0, "e1", Severity.P3);
    Finding other =
        Finding.evidence("door-1", "e9", "c1", "door-1", at(0))
            .severity(Severity.P1)
            .build()
            .stamped("test-model", 1, java.util.Map.of());
    assertThat(AlertId.of(other)).isEqualTo(last().id()).matches("[0-9a-f-]{14}5[0-9a-f-]{21}");
    assertThat(AlertId.of(other.stamped("test-model", 2, java.util.Map.of())))
        .isNotEqualTo(last().id());
  }

  private Alert last() {
    return published.get(published.size() - 1);
  }
}
