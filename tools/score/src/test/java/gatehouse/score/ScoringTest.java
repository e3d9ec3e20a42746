package gatehouse.score;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.labelled.CitySettings;
import gatehouse.score.report.HtmlPage;
import gatehouse.score.report.JsonFile;
import gatehouse.score.report.MistakeList;
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
    card = score(Trial.scored());
  }

  private static Scorecard score(List<String> models) throws InterruptedException {
    return new Scoring(
            seed -> new CitySettings(seed, 2, LocalDate.parse("2026-03-02"), 8, 4, 16, 4),
            List.of(7L),
            models)
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
    Scorecard other = score(Trial.scored());
    assertThat(other.models()).isEqualTo(card.models());
    assertThat(other.naive()).isEqualTo(card.naive());
  }

  @Test
  void tableAndPageTellAlertsTimeFlaggedAndCalibration(@TempDir Path folder) throws Exception {
    assertThat(TextTable.of(card))
        .contains("| alerts | flagged | ECE |", "33 models: macro recall at budget 0.")
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
  void someModelsAloneScoreAsAmongAll() throws Exception {
    List<String> some = List.of("door-forced", "restricted-entry", "elder-inactivity");
    Scorecard alone = score(some);
    assertThat(alone.models())
        .isEqualTo(card.models().stream().filter(one -> some.contains(one.model())).toList());
    assertThat(alone.mistakes())
        .isEqualTo(card.mistakes().stream().filter(one -> some.contains(one.model())).toList());
  }

  @Test
  void everyMistakeOfTheTableIsListedOneByOne() {
    long missed =
        card.models().stream()
            .flatMap(model -> model.recall().values().stream())
            .mapToLong(rate -> rate.of() - rate.found())
            .sum();
    List<String> lines = MistakeList.of(card).lines().toList();
    assertThat(missed).isPositive();
    assertThat(lines).filteredOn(line -> line.contains(" missed: seed 7, S")).hasSize((int) missed);
    double falseAlarms =
        card.models().stream()
            .mapToDouble(model -> model.falseAlarms().value() * model.communityDays())
            .sum();
    assertThat(lines)
        .filteredOn(line -> line.contains(" false: seed 7, c"))
        .hasSize((int) Math.round(falseAlarms));
    assertThat(lines).anyMatch(line -> line.contains(", decoy S"));
  }

  @Test
  void everyModelHasATargetAndALineInTheTable() {
    List<String> lines = new ArrayList<>(TextTable.of(card).lines().toList());
    for (String model : Trial.scored()) {
      assertThat(Targets.of(model)).as(model).isNotNull();
      assertThat(lines).anyMatch(line -> line.startsWith("| " + model));
    }
  }
}
