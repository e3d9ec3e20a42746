package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeProfileTest {

  private static final ZoneId UTC = ZoneOffset.UTC;
  private static final Duration FOREVER = Duration.ofDays(100_000_000);

  /** A Monday. */
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private static final List<Double> USUAL =
      TimeProfile.usual(LocalTime.of(22, 30), LocalTime.of(5, 30), 0.005);

  private static Instant at(int day, int hour, int minute) {
    return START.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(hour * 60L + minute));
  }

  @Test
  void theUsualProfileSharesOutTheNight() {
    assertThat(USUAL).hasSize(48);
    assertThat(USUAL.stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-9));
    assertThat(USUAL.get(45)).isCloseTo(0.005 / 14, within(1e-12));
    assertThat(USUAL.get(10)).isCloseTo(0.005 / 14, within(1e-12));
    assertThat(USUAL.get(11)).isCloseTo(0.995 / 34, within(1e-12));
    assertThat(USUAL.get(44)).isCloseTo(0.995 / 34, within(1e-12));
  }

  @Test
  void beforeAnythingIsKnownTheUsualProfileCounts() {
    TimeProfile none = TimeProfile.empty();
    assertThat(none.surprise(at(0, 2, 0), UTC, USUAL)).isCloseTo(-Math.log10(0.005), within(1e-6));
    assertThat(none.surprise(at(0, 12, 0), UTC, USUAL)).isCloseTo(0, within(1e-9));
  }

  @Test
  void countsAsTheFormulaSays() {
    TimeProfile profile = TimeProfile.empty();
    for (int i = 0; i < 10; i++) {
      profile = profile.plus(at(0, 8, 0), UTC, 1, FOREVER);
    }
    double night = 14 * 4 * (0.005 / 14) / (4 + 10);
    assertThat(profile.surprise(at(0, 2, 0), UTC, USUAL))
        .isCloseTo(-Math.log10(night), within(1e-6));
    double rest = 1 - (4 * 0.995 / 34 + 10 * 0.4) / 14;
    assertThat(profile.surprise(at(0, 8, 40), UTC, USUAL))
        .isCloseTo(-Math.log10(rest), within(1e-6));
    assertThat(profile.surprise(at(0, 8, 10), UTC, USUAL)).isCloseTo(0, within(1e-9));
  }

  @Test
  void everyUsualTimeOfTwoIsUsual() {
    TimeProfile profile = TimeProfile.empty();
    for (int day = 0; day < 60; day++) {
      profile = profile.plus(at(day, 5, 10), UTC, 1, FOREVER).plus(at(day, 17, 0), UTC, 1, FOREVER);
    }
    assertThat(profile.surprise(at(60, 5, 20), UTC, USUAL)).isLessThan(0.5);
    assertThat(profile.surprise(at(60, 17, 20), UTC, USUAL)).isLessThan(0.5);
    assertThat(profile.surprise(at(60, 2, 20), UTC, USUAL)).isGreaterThan(3);
  }

  @Test
  void weekendsAreOfTheirOwn() {
    TimeProfile profile = TimeProfile.empty();
    for (int week = 0; week < 20; week++) {
      profile = profile.plus(at(week * 7 + 5, 2, 0), UTC, 1, FOREVER);
    }
    assertThat(profile.surprise(at(145, 2, 0), UTC, USUAL)).isLessThan(1);
    assertThat(profile.surprise(at(140, 2, 0), UTC, USUAL)).isGreaterThan(2);
  }

  @Test
  void littleKnowledgeIsNotUsed() {
    TimeProfile profile = TimeProfile.empty();
    for (int i = 0; i < 30; i++) {
      profile = profile.plus(at(0, 2, 0), UTC, 1, FOREVER);
    }
    assertThat(profile.events()).isEqualTo(30);
    assertThat(profile.days()).isEqualTo(1);
    assertThat(profile.surprise(at(0, 2, 0), UTC, USUAL, 20, 10)).isGreaterThan(2);
    assertThat(profile.surprise(at(0, 2, 0), UTC, USUAL, 20, 1)).isLessThan(1);
  }

  @Test
  void forgetsByHalves() {
    Duration halfLife = Duration.ofDays(28);
    TimeProfile profile =
        TimeProfile.empty()
            .plus(at(0, 8, 0), UTC, 1, halfLife)
            .plus(at(28, 8, 0), UTC, 0.2, halfLife);
    assertThat(profile.workdays().get(16)).isCloseTo(0.7, within(1e-9));
  }

  @Test
  void hoursAreLocal() {
    TimeProfile profile =
        TimeProfile.empty().plus(at(0, 8, 0), ZoneId.of("Asia/Shanghai"), 1, FOREVER);
    assertThat(profile.workdays().get(32)).isEqualTo(1);
  }
}
