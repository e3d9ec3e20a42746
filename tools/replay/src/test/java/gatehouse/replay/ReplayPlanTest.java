package gatehouse.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.fact.Fact;
import gatehouse.site.Device;
import gatehouse.site.PlaceEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayPlanTest {

  private static final Path EXAMPLES = Path.of("examples");

  private final Path dir;

  ReplayPlanTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @ParameterizedTest
  @ValueSource(strings = {"park-gates", "office-cards"})
  void theExamplesFitTheirLogs(String example) throws IOException {
    ReplayPlan plan = example(example, null, null, 0);

    assertThat(plan.log().events()).hasSizeGreaterThan(100);
    assertThat(plan.log().badRows()).isLessThanOrEqualTo(1);
    assertThat(plan.facts()).filteredOn(PlaceEntry.class::isInstance).hasSizeGreaterThan(5);
  }

  @Test
  void theBoundIsTheLongestSpanOfWhatMayBeUnderWay() throws IOException {
    ReplayPlan plan = example("office-cards", null, null, 0);
    Duration whole =
        Duration.between(
            plan.log().events().get(0).event().time(),
            plan.log().events().get(plan.log().events().size() - 1).event().time());

    assertThat(plan.watermarkBound()).isEqualTo(whole.plusSeconds(30));
    assertThat(ReplayPlan.longestSpan(plan.log().events(), 2)).isLessThan(whole);
    assertThat(ReplayPlan.longestSpan(plan.log().events(), 1)).isZero();
    assertThat(plan.environment())
        .containsEntry("GATEHOUSE_FLINK_WATERMARK_BOUND", plan.watermarkBound().toString())
        .containsEntry("GATEHOUSE_INGEST_CLOCK_CHECK", "off");
  }

  @Test
  void atAPaceTheBoundIsShort() throws IOException {
    assertThat(example("office-cards", null, null, 60).watermarkBound())
        .isEqualTo(Duration.ofSeconds(150));
  }

  @Test
  void takesAPartOfTheLogInTheTimeOfItsSite() throws IOException {
    ReplayPlan plan = example("park-gates", "2025-07-05", "2025-07-06 00:00", 0);

    assertThat(plan.log().events())
        .isNotEmpty()
        .allSatisfy(
            logged ->
                assertThat(logged.event().time())
                    .isBetween("2025-07-04T22:00:00Z", "2025-07-05T21:59:59Z"));
    assertThat(plan.log().ignored() + plan.log().badRows() + plan.log().events().size())
        .isEqualTo(plan.log().rows());
  }

  @Test
  void everyDeviceOfAnEventIsRegisteredAtItsPlace() throws IOException {
    ReplayPlan plan = example("office-cards", null, null, 0);
    List<Fact> facts = plan.facts();

    assertThat(plan.log().events())
        .allSatisfy(
            logged ->
                assertThat(facts)
                    .anySatisfy(
                        fact ->
                            assertThat(fact)
                                .isInstanceOfSatisfying(
                                    Device.class,
                                    device -> {
                                      assertThat(device.id()).isEqualTo(logged.event().device());
                                      assertThat(device.place())
                                          .isEqualTo(logged.event().place().id());
                                    })));
  }

  @Test
  void withoutASiteFileEverythingIsPlain() throws IOException {
    Path mapping = dir.resolve("m.yaml");
    Files.writeString(mapping, "time: t\nevent: {place: p, subject: s}\n");
    Path log = dir.resolve("l.csv");
    Files.writeString(log, "t,p,s\n2024-01-01 08:00,a,x\n");

    ReplayPlan plan =
        ReplayPlan.read(new ReplayPlan.Order(log.toString(), mapping, null, null, null, 0));

    assertThat(plan.notes()).singleElement().asString().contains("plain places: a");
    assertThat(plan.settings()).isEmpty();
  }

  @Test
  void refusesAMomentThatIsNone() {
    assertThatThrownBy(() -> example("park-gates", "tomorrow", null, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tomorrow");
  }

  static ReplayPlan example(String name, String from, String to, double speed) throws IOException {
    Path folder = EXAMPLES.resolve(name);
    return ReplayPlan.read(
        new ReplayPlan.Order(
            folder.resolve("log.csv").toString(),
            folder.resolve("mapping.yaml"),
            folder.resolve("site.yaml"),
            from,
            to,
            speed));
  }
}
