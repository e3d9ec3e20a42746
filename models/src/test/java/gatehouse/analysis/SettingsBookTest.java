package gatehouse.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.analysis.SettingsBook.ScopePath;
import gatehouse.analysis.SettingsChange.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsBookTest {

  private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");

  /** Settings as a model writes them. */
  public record Sample(
      @Setting(value = "how long it may stand open", min = 1, max = 3600) Duration limit,
      @Setting(value = "how many", min = 1, max = 10) int count)
      implements Settings {}

  private static SettingsChange change(
      Scope scope, String id, int hour, String name, String value) {
    return new SettingsChange(
        "m", scope, id, T0.plus(Duration.ofHours(hour)), Map.of(name, value), "tester");
  }

  @Test
  void theNarrowestScopeInForceAtTheEventsTimeWins() {
    SettingsBook book =
        SettingsBook.of(
            change(Scope.PLACE, "c1/door-1", 0, "limit", "PT1M"),
            change(Scope.CITY, "", 5, "limit", "PT5M"),
            change(Scope.COMMUNITY, "c1", 2, "limit", "PT2M"));
    ScopePath door1 = new ScopePath("", "c1", "door-1");
    ScopePath door2 = new ScopePath("", "c1", "door-2");
    assertThat(book.valuesFor("m", door1, T0.plusSeconds(1))).containsEntry("limit", "PT1M");
    assertThat(book.valuesFor("m", door2, T0.plusSeconds(1))).isEmpty();
    assertThat(book.valuesFor("m", door2, T0.plus(Duration.ofHours(6))))
        .containsEntry("limit", "PT2M");
    assertThat(book.valuesFor("m", new ScopePath("", "c2", "x"), T0.plus(Duration.ofHours(6))))
        .containsEntry("limit", "PT5M");
  }

  @Test
  void valuesAreTakenFromTextAndChecked() {
    Sample defaults = new Sample(Duration.ofSeconds(30), 3);
    assertThat(SettingsRecord.with(defaults, Map.of("limit", "PT2M")))
        .isEqualTo(new Sample(Duration.ofMinutes(2), 3));
    assertThatThrownBy(() -> SettingsRecord.with(defaults, Map.of("count", "11")))
        .hasMessageContaining("count is 11, allowed is 1.0 to 10.0");
    assertThatThrownBy(() -> SettingsRecord.with(defaults, Map.of("limit", "2 minutes")))
        .hasMessageContaining("limit cannot be 2 minutes. Maybe PT30S");
    assertThatThrownBy(() -> SettingsRecord.with(defaults, Map.of("limits", "PT2M")))
        .hasMessageContaining("no setting is called limits. Maybe one of [limit, count]");
  }
}
