package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link TimeProfile} against another program, and what it forgets. */
class TimeProfileReferenceTest {

  private static final Duration NEVER = Duration.ofDays(100_000_000);
  private static final List<Double> EVEN = List.copyOf(Collections.nCopies(48, 1 / 48.0));

  /** A Monday. */
  private static final ZonedDateTime MONDAY = ZonedDateTime.parse("2026-03-09T00:00:00+08:00");

  /** Computed from the formula of the documentation by another program. */
  @ParameterizedTest
  @CsvSource({
    "495, 0",
    "1120, 0.34788557652370844",
    "540, 0.44847607327013245",
    "190, 1.1428503259170024"
  })
  void thirtyMorningsAndTenEvenings(int minute, double surprise) {
    TimeProfile profile = TimeProfile.empty();
    for (int i = 0; i < 30; i++) {
      profile = with(profile, MONDAY.plusMinutes(495), NEVER);
    }
    for (int i = 0; i < 10; i++) {
      profile = with(profile, MONDAY.plusMinutes(1120), NEVER);
    }
    assertThat(surprise(profile, MONDAY.plusMinutes(minute), EVEN))
        .isCloseTo(surprise, within(1e-9));
  }

  @Test
  void workdaysAndWeekendsAreApart() {
    TimeProfile profile = TimeProfile.empty();
    for (int i = 0; i < 30; i++) {
      profile = with(profile, MONDAY.plusHours(8), NEVER);
    }
    ZonedDateTime saturday = MONDAY.plusDays(5).plusHours(3);
    assertThat(surprise(profile, saturday, EVEN)).isCloseTo(0, within(1e-9));
    assertThat(surprise(profile, MONDAY.plusHours(3), EVEN)).isGreaterThan(0.9);
  }

  @Test
  void itForgets() {
    TimeProfile profile = TimeProfile.empty();
    for (int i = 0; i < 8; i++) {
      profile = with(profile, MONDAY.plusHours(8), Duration.ofDays(28));
    }
    TimeProfile later = with(profile, MONDAY.plusDays(56).plusHours(8), Duration.ofDays(28));
    assertThat(later.size()).isCloseTo(3, within(1e-9));
    assertThat(later.days()).isEqualTo(2);
  }

  @Test
  void withoutOwnCountsTheCohortSpeaks() {
    TimeProfile profile = with(TimeProfile.empty(), MONDAY.plusHours(3), NEVER);
    List<Double> mornings =
        java.util.stream.IntStream.range(0, 48).mapToObj(bin -> bin == 16 ? 0.53 : 0.01).toList();
    ZonedDateTime at = MONDAY.plusHours(3);
    assertThat(profile.surprise(at.toInstant(), at.getZone(), mornings, 2, 1))
        .isCloseTo(-Math.log10(0.47), within(1e-9));
  }

  private static TimeProfile with(TimeProfile profile, ZonedDateTime at, Duration halfLife) {
    return profile.plus(at.toInstant(), at.getZone(), 1, halfLife);
  }

  private static double surprise(TimeProfile profile, ZonedDateTime at, List<Double> cohort) {
    return profile.surprise(at.toInstant(), at.getZone(), cohort);
  }
}
