package gatehouse.score;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.labelled.CitySettings;
import gatehouse.score.report.TextTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoringTest {

  private static Scorecard score() throws InterruptedException {
    return new Scoring(
            seed -> new CitySettings(seed, 2, LocalDate.parse("2026-03-02"), 8, 4, 16, 4),
            List.of(7L))
        .run(1, (done, all) -> {});
  }

  @Test
  void theSameCityGivesTheSameScoreForEveryModelAndTheRuleBesideIt() throws Exception {
    Scorecard one = score();
    assertThat(one.models())
        .extracting(ModelScore::model)
        .containsExactlyElementsOf(Trial.scored());
    assertThat(one.naive()).extracting(ModelScore::model).contains("denied-burst", "sos");
    assertThat(one.models()).filteredOn(ModelScore::tried).hasSizeGreaterThan(10);
    assertThat(one.models()).allMatch(model -> model.communityDays() == 8);
    Scorecard other = score();
    assertThat(other.models()).isEqualTo(one.models());
    assertThat(other.naive()).isEqualTo(one.naive());
  }

  @Test
  void everyModelHasATargetAndALineInTheTable() throws Exception {
    Scorecard card = score();
    List<String> lines = new ArrayList<>(TextTable.of(card, null).lines().toList());
    for (String model : Trial.scored()) {
      assertThat(Targets.of(model)).as(model).isNotNull();
      assertThat(lines).anyMatch(line -> line.startsWith("| " + model));
    }
  }
}
