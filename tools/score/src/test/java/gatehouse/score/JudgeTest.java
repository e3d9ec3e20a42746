package gatehouse.score;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.labelled.scenario.Difficulty;
import gatehouse.labelled.scenario.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final String MODEL = "some-model";
  private static final Instant START = Instant.parse("2026-03-20T08:00:00Z");
  private static final Instant SCORED_FROM = Instant.parse("2026-03-10T00:00:00Z");

  private static Label label(String id, String subject, boolean decoy) {
    return new Label(
        id,
        "S1",
        Set.of(MODEL),
        Set.of("another-model"),
        Difficulty.MEDIUM,
        "c1",
        Set.of(subject),
        Set.of("gate-1"),
        START,
        START.plusSeconds(60),
        START.plusSeconds(600),
        decoy);
  }

  private static Detection seen(String community, String who, Instant at) {
    return Detection.moment(MODEL, community, Set.of(who), at);
  }

  private static Judge.Verdict judge(List<Detection> detections, Label... labels) {
    return Judge.judge(MODEL, detections, List.of(labels), SCORED_FROM);
  }

  @Test
  void aLabelCountsOnceAndItsDelayBeginsWhenItCouldBeFound() {
    Judge.Verdict verdict =
        judge(
            List.of(
                seen("c1", "card-1", START.plusSeconds(90)),
                seen("c1", "card-1", START.plusSeconds(200))),
            label("l1", "card-1", false));
    assertThat(verdict.outcomes())
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.delay()).isEqualTo(Duration.ofSeconds(30)));
    assertThat(verdict.duplicates()).isEqualTo(1);
    assertThat(verdict.falseAlarms()).isEmpty();
  }

  @Test
  void whatFitsNoLabelIsAFalseAlarm() {
    Judge.Verdict verdict =
        judge(
            List.of(
                seen("c1", "card-2", START.plusSeconds(90)),
                seen("c1", "card-1", START.minus(Duration.ofHours(1))),
                seen("c2", "gate-1", START.plusSeconds(90))),
            label("l1", "card-1", false));
    assertThat(verdict.outcomes().get(0).found()).isNull();
    assertThat(verdict.falseAlarms()).hasSize(3);
  }

  @Test
  void theSamePlaceIsEnoughInTheSameCommunity() {
    assertThat(
            judge(
                    List.of(seen("c1", "gate-1", START.plusSeconds(90))),
                    label("l1", "card-1", false))
                .falseAlarms())
        .isEmpty();
  }

  @Test
  void aDecoyThatIsFallenForIsAFalseAlarm() {
    Judge.Verdict verdict =
        judge(List.of(seen("c1", "card-1", START.plusSeconds(90))), label("l1", "card-1", true));
    assertThat(verdict.outcomes()).isEmpty();
    assertThat(verdict.falseAlarms()).hasSize(1);
    assertThat(verdict.decoys()).hasSize(1);
    assertThat(verdict.deceived()).isEqualTo(1);
  }

  @Test
  void whatIsToleratedIsNeitherFoundNorFalse() {
    Detection other =
        Detection.moment("another-model", "c1", Set.of("card-1"), START.plusSeconds(90));
    Judge.Verdict verdict =
        Judge.judge(
            "another-model", List.of(other), List.of(label("l1", "card-1", false)), SCORED_FROM);
    assertThat(verdict.outcomes()).isEmpty();
    assertThat(verdict.falseAlarms()).isEmpty();
    assertThat(verdict.tolerated()).isEqualTo(1);
  }

  @Test
  void mistakesAreListedOneByOneWithTheDecoyThatWasTaken() {
    Judge.Verdict verdict =
        judge(
            List.of(
                seen("c1", "card-3", START.plusSeconds(90)),
                seen("c2", "card-4", START.plusSeconds(90))),
            label("d1", "card-3", true));
    Judge.Verdict missed = judge(List.of(), label("l1", "card-1", false));
    Mistakes mistakes = Mistakes.of(MODEL, List.of(unit(verdict), unit(missed)));
    assertThat(mistakes.missed())
        .singleElement()
        .satisfies(one -> assertThat(one.label().id()).isEqualTo("l1"));
    assertThat(mistakes.falseAlarms())
        .extracting(Mistakes.FalseAlarm::decoy)
        .containsExactly("d1", null);
  }

  private static Trial.Unit unit(Judge.Verdict verdict) {
    return new Trial.Unit(MODEL, 7, "c1", 10, verdict, 0, Duration.ZERO);
  }

  @Test
  void theWarmUpIsNotScored() {
    assertThat(judge(List.of(seen("c1", "card-1", SCORED_FROM.minusSeconds(1)))).falseAlarms())
        .isEmpty();
  }
}
