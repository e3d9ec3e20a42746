package gatehouse.score;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.labelled.CitySettings;
import gatehouse.score.report.HtmlPage;
import gatehouse.score.report.JsonFile;
import gatehouse.score.report.TextTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoringTest {

  private final Scorecard card;

  ScoringTest() throws InterruptedException {
    card = score();
  }

  private static Scorecard score() throws InterruptedException {
    return new Scoring(
            seed -> new CitySettings(seed, 2, LocalDate.parse("2026-03-02"), 8, 4, 16, 4),
            List.of(7L))
        .run(1, (done, all) -> {});
  }

  @Test
  void theSameCityGivesTheSameScoreForEveryModelAndTheRuleBesideIt() throws Exception {
    assertThat(card.models())
        .extracting(ModelScore::model)
        .containsExactlyElementsOf(Trial.scored());
    assertThat(card.naive()).extracting(ModelScore::model).contains("denied-burst", "sos");
    assertThat(card.models()).filteredOn(ModelScore::tried).hasSizeGreaterThan(10);
    assertThat(card.models()).allMatch(model -> model.communityDays() == 8);
    Scorecard other = score();
    assertThat(other.models()).isEqualTo(card.models());
    assertThat(other.naive()).isEqualTo(card.naive());
  }

  @Test
  void tableAndPageTellAlertsTimeFlaggedAndCalibration(@TempDir Path folder) throws Exception {
    assertThat(TextTable.of(card, null))
        .contains("| alerts | flagged | ECE |", "All models: macro recall at budget 0.")
        .doesNotContain("NaN");
    Path page = folder.resolve("card.html");
    HtmlPage.write(card, page);
    assertThat(Files.readString(page))
        .contains("Reliability diagrams", "<circle", "time flagged")
        .doesNotContain("NaN");
    Path json = folder.resolve("card.json");
    JsonFile.write(card, json);
    assertThat(Files.readString(json)).contains("\"precisionAt20\"", "\"meanScore\"");
    assertThat(card.models()).allMatch(model -> model.flagged() >= 0 && model.flagged() <= 1);
  }

  @Test
  void everyModelHasATargetAndALineInTheTable() {
    List<String> lines = new ArrayList<>(TextTable.of(card, null).lines().toList());
    for (String model : Trial.scored()) {
      assertThat(Targets.of(model)).as(model).isNotNull();
      assertThat(lines).anyMatch(line -> line.startsWith("| " + model));
    }
  }
}
