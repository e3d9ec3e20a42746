package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gatehouse.stats.SeasonalBaseline.Memory;
import gatehouse.stats.SeasonalBaseline.Slot;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeasonalBaselineTest {

  private static final Memory MEMORY = new Memory(6, 0.97, 0.99, 0.1);
  private static final Slot MONDAY_NINE = new Slot(18);
  private static final Slot TUESDAY_NINE = new Slot(48 + 18);
  private static final Slot SATURDAY_NINE = new Slot(5 * 48 + 18);

  @ParameterizedTest
  @CsvSource({
    "2026-03-09T00:00:00+08:00, 0",
    "2026-03-09T09:29:59+08:00, 18",
    "2026-03-10T09:30:00+08:00, 67",
    "2026-03-15T23:59:00+08:00, 335"
  })
  void aSlotIsAHalfHourOfTheLocalWeek(String local, int slot) {
    assertThat(Slot.at(ZonedDateTime.parse(local))).isEqualTo(new Slot(slot));
  }

  @Test
  void twoAreExpectedOfNothing() {
    assertThat(SeasonalBaseline.EMPTY.rate(MONDAY_NINE, MEMORY)).isEqualTo(2);
  }

  /** n = 2, m = (10 + 2) / (1 + 1) = 6, and λ = (10 + 6 · 6) / (1 + 6). */
  @Test
  void oneVisitCountsAsTheFormulaSays() {
    SeasonalBaseline once = SeasonalBaseline.EMPTY.plus(MONDAY_NINE, 10, 1, MEMORY);
    assertThat(once.rate(MONDAY_NINE, MEMORY)).isCloseTo(46.0 / 7, within(1e-6));
    assertThat(once.rate(TUESDAY_NINE, MEMORY)).isCloseTo(6, within(1e-6));
    assertThat(once.rate(SATURDAY_NINE, MEMORY)).isEqualTo(2);
    assertThat(once.visits(TUESDAY_NINE)).isEqualTo(1);
  }

  /** The half hour after has n = (10 + 2) / (1 + 1) = 6 and nothing of its own. */
  @Test
  void aHalfHourNeverSeenIsLikeItsNeighbours() {
    SeasonalBaseline once = SeasonalBaseline.EMPTY.plus(MONDAY_NINE, 10, 1, MEMORY);
    assertThat(once.rate(new Slot(19), MEMORY)).isCloseTo(6, within(1e-6));
  }

  @Test
  void convergesToTheRateAndForgetsAnOldOne() {
    SeasonalBaseline usual = SeasonalBaseline.EMPTY;
    for (int week = 0; week < 200; week++) {
      usual = usual.plus(MONDAY_NINE, 30, 1, MEMORY);
    }
    assertThat(usual.rate(MONDAY_NINE, MEMORY)).isCloseTo(30, within(0.3));
    for (int week = 0; week < 200; week++) {
      usual = usual.plus(MONDAY_NINE, 0, 1, MEMORY);
    }
    assertThat(usual.rate(MONDAY_NINE, MEMORY)).isBetween(0.1, 2.0);
  }

  @Test
  void twoQuartersOfAnHourAreAHalfHour() {
    SeasonalBaseline whole = SeasonalBaseline.EMPTY;
    SeasonalBaseline parts = SeasonalBaseline.EMPTY;
    for (int week = 0; week < 30; week++) {
      whole = whole.plus(MONDAY_NINE, 12, 1, MEMORY);
      parts = parts.plus(MONDAY_NINE, 6, 0.5, MEMORY).plus(MONDAY_NINE, 6, 0.5, MEMORY);
    }
    assertThat(parts.rate(MONDAY_NINE, MEMORY))
        .isCloseTo(whole.rate(MONDAY_NINE, MEMORY), within(0.1));
  }

  @Test
  void aQuantileIsThatOfTheWeek() {
    SeasonalBaseline usual = SeasonalBaseline.EMPTY;
    for (int visit = 0; visit < 400; visit++) {
      for (int slot = 0; slot < 336; slot++) {
        usual = visit % 20 == 0 ? usual.plus(new Slot(slot), slot % 48, 1, MEMORY) : usual;
      }
    }
    assertThat(usual.quantile(0.9, MEMORY)).isCloseTo(43, within(1.0));
    assertThat(usual.quantile(1, MEMORY)).isCloseTo(46, within(2.0));
  }
}
