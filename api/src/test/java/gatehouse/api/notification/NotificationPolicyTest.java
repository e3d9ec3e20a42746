package gatehouse.api.notification;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Attention;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Explanation;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.ModelEntry;
import gatehouse.api.alert.Telling.Outcome;
import gatehouse.api.alert.Telling.Reason;
import gatehouse.api.notification.Situation.Hold;
import gatehouse.api.notification.Situation.Told;
import gatehouse.event.ClockQuality;
import gatehouse.model.ModelCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is told, decided from what is known (A-06, A-08, A-10, A-14; models-spec.md 1.5, 4.2). */
class NotificationPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");
  private static final Told NOTHING = new Told(0, 0, 0);

  @Test
  void anAlertWithinTheBudgetIsTold() {
    assertThat(decide("door-held-open", Severity.P3, null, NOTHING, 5))
        .isEqualTo(Verdict.told(Reason.WITHIN_BUDGET));
  }

  @Test
  void theFourthAboutOneSubjectIsCountedAndTheThirdIsNot() {
    assertThat(decide("door-held-open", Severity.P3, null, new Told(2, 2, 2), null).outcome())
        .isEqualTo(Outcome.TOLD);
    assertThat(decide("door-held-open", Severity.P3, null, new Told(3, 3, 3), null))
        .isEqualTo(Verdict.digested(Reason.SUBJECT_CAP));
    assertThat(decide("door-forced", Severity.P1, null, new Told(3, 3, 3), null))
        .isEqualTo(Verdict.digested(Reason.SUBJECT_CAP));
  }

  @Test
  void theThirtyFirstOfAModelInACommunityIsCounted() {
    assertThat(decide("door-held-open", Severity.P3, null, new Told(0, 29, 29), null).outcome())
        .isEqualTo(Outcome.TOLD);
    assertThat(decide("door-held-open", Severity.P3, null, new Told(0, 30, 30), null))
        .isEqualTo(Verdict.digested(Reason.COMMUNITY_CAP));
  }

  @Test
  void aUsedUpBudgetHoldsWhatIsNotMostUrgent() {
    assertThat(decide("door-held-open", Severity.P2, null, new Told(0, 0, 5), 5))
        .isEqualTo(Verdict.digested(Reason.BUDGET));
    assertThat(decide("door-forced", Severity.P1, null, new Told(0, 0, 5), 5))
        .isEqualTo(Verdict.told(Reason.MOST_URGENT));
  }

  @Test
  void oneModelUsesTwoFifthsOfABudgetAtMost() {
    assertThat(decide("door-held-open", Severity.P3, null, new Told(0, 1, 1), 5).outcome())
        .isEqualTo(Outcome.TOLD);
    assertThat(decide("door-held-open", Severity.P3, null, new Told(0, 2, 2), 5))
        .isEqualTo(Verdict.digested(Reason.MODEL_SHARE));
    assertThat(NotificationPolicy.share(1)).isEqualTo(1);
    assertThat(NotificationPolicy.share(100)).isEqualTo(40);
  }

  @Test
  void theMildestAreForTheList() {
    assertThat(decide("overstay", Severity.P4, null, NOTHING, 5))
        .isEqualTo(Verdict.digested(Reason.LOW_SEVERITY));
    Alert asks = alert("dormant-credential", Severity.P4, Audience.RESIDENT, NOW);
    assertThat(
            NotificationPolicy.decide(
                    new Situation(asks, Audience.RESIDENT, NOW, false, null, NOTHING, null))
                .outcome())
        .isEqualTo(Outcome.TOLD);
  }

  @Test
  void whatIsHeldSaysByWhat() {
    Hold hold = new Hold(Reason.MAINTENANCE, "window-1");
    assertThat(decide("door-held-open", Severity.P2, hold, NOTHING, 5))
        .isEqualTo(Verdict.held(Reason.MAINTENANCE, "window-1"));
  }

  @Test
  void whatIsStaleCallsNobody() {
    Alert old = alert("door-forced", Severity.P1, Audience.PROPERTY, NOW.minusSeconds(7201));
    assertThat(decide(old, false)).isEqualTo(new Verdict(Outcome.EXPIRED, Reason.STALE, ""));
    assertThat(decide(old, true).outcome()).isEqualTo(Outcome.TOLD);
    Alert sos = alert("sos", Severity.P1, Audience.PROPERTY, NOW.minus(Duration.ofHours(23)));
    assertThat(decide(sos, false).outcome()).isEqualTo(Outcome.TOLD);
    Alert lastWeek = alert("sos", Severity.P1, Audience.PROPERTY, NOW.minus(Duration.ofDays(7)));
    assertThat(decide(lastWeek, false).outcome()).isEqualTo(Outcome.EXPIRED);
  }

  @Test
  void whatLateEventsShowIsNeverPaged() {
    Alert historic = alert("sos", Severity.P1, Audience.PROPERTY, NOW).asking(Attention.HISTORIC);
    assertThat(decide(historic, false).outcome()).isEqualTo(Outcome.HISTORIC);
  }

  @Test
  void dangerIsToldWhateverElseIsTrue() {
    Random random = new Random(1);
    NeverSuppressed.FROM.forEach(
        (model, from) -> {
          for (int i = 0; i < 500; i++) {
            Severity severity = from.orWorse(List.of(Severity.values()).get(random.nextInt(4)));
            Told told = new Told(random.nextInt(99), random.nextInt(99), random.nextInt(99));
            Hold hold = random.nextBoolean() ? new Hold(Reason.SILENCE, "any") : null;
            Integer budget = random.nextBoolean() ? Integer.valueOf(random.nextInt(9)) : null;
            assertThat(decide(model, severity, hold, told, budget))
                .isEqualTo(Verdict.told(Reason.NEVER_SUPPRESSED));
          }
        });
  }

  @Test
  void theRulesNameModelsThatExistAndAudiencesThatTheirCardsName() {
    Map<String, ModelEntry<?, ?, ?>> models = new HashMap<>();
    ModelCatalogue.all().forEach(entry -> models.put(entry.id(), entry));
    Set<String> named = new HashSet<>(NeverSuppressed.FROM.keySet());
    for (Inhibition rule : Inhibition.ALL) {
      named.add(rule.source());
      named.addAll(rule.held());
      assertThat(rule.held()).doesNotContainAnyElementsOf(NeverSuppressed.FROM.keySet());
    }
    for (EscalationChain chain : EscalationChain.ALL) {
      named.addAll(chain.models());
      for (EscalationChain.Step step : chain.steps()) {
        assertThat(
                chain.models().stream()
                    .anyMatch(id -> models.get(id).card().recipients().contains(step.audience())))
            .isTrue();
      }
    }
    assertThat(models.keySet()).containsAll(named);
  }

  private static Verdict decide(
      String model, Severity severity, @Nullable Hold hold, Told told, @Nullable Integer budget) {
    return NotificationPolicy.decide(
        new Situation(
            alert(model, severity, Audience.PROPERTY, NOW.minusSeconds(5)),
            Audience.PROPERTY,
            NOW,
            false,
            hold,
            told,
            budget));
  }

  private static Verdict decide(Alert alert, boolean resumed) {
    return NotificationPolicy.decide(
        new Situation(alert, Audience.PROPERTY, NOW, resumed, null, NOTHING, 5));
  }

  private static Alert alert(String model, Severity severity, Audience audience, Instant at) {
    return new Alert(
        "00000000-0000-4000-8000-000000000000",
        1,
        AlertState.OPEN,
        model,
        1,
        "riverside",
        "door-1",
        "episode",
        List.of(new Subject("door", "door-1", "door")),
        severity,
        Set.of(audience),
        at.minusSeconds(60),
        at,
        at,
        null,
        new Explanation("x", Map.of()),
        null,
        "",
        List.of(),
        1,
        0.9,
        Coverage.NOT_NEEDED,
        ClockQuality.GOOD,
        Map.of(),
        Attention.NOTIFY);
  }
}
