package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventRateTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration HALF_LIFE = Duration.ofDays(28);

  @Test
  void knowsThePriorBeforeItHasSeenAnything() {
    EventRate rate = EventRate.startingAt(START, 24);
    assertThat(rate.perDay(2, 0.1)).isEqualTo(2);
    assertThat(rate.perDay(3, 2, 0.1)).isCloseTo(2, within(1e-12));
    assertThat(rate.perDay(0, 0.1)).isEqualTo(0.1);
  }

  @Test
  void findsASteadyRate() {
    EventRate rate = EventRate.startingAt(START, 1);
    for (int hour = 1; hour <= 24 * 200; hour++) {
      rate = rate.at(START.plus(Duration.ofHours(hour)), HALF_LIFE).plus(0);
    }
    assertThat(rate.perDay(1, 0.1)).isCloseTo(24, within(1.0));
  }

  @Test
  void learnsThatNightsDifferFromDays() {
    EventRate rate = EventRate.startingAt(START, 24);
    for (int day = 0; day < 60; day++) {
      for (int i = 0; i < 10; i++) {
        rate =
            rate.at(START.plus(Duration.ofDays(day)).plus(Duration.ofHours(8)), HALF_LIFE).plus(8);
      }
    }
    assertThat(rate.perDay(8, 1, 0.1)).isGreaterThan(150);
    assertThat(rate.perDay(3, 1, 0.1)).isLessThan(3);
    assertThat(rate.perDay(1, 0.1)).isBetween(9.0, 11.0);
  }

  @Test
  void halvesWhatItSawInAHalfLife() {
    EventRate rate = EventRate.startingAt(START, 1).plus(0).plus(0);
    EventRate later = rate.at(START.plus(HALF_LIFE), HALF_LIFE);
    assertThat(later.counts().get(0)).isCloseTo(1, within(1e-12));
    assertThat(later.days()).isCloseTo(28 / Math.log(2) / 2, within(1e-9));
  }

  @Test
  void oneLongStepIsAsManyShortOnes() {
    EventRate once = EventRate.startingAt(START, 1).plus(0);
    EventRate often = once;
    for (int day = 1; day <= 30; day++) {
      often = often.at(START.plus(Duration.ofDays(day)), HALF_LIFE);
    }
    once = once.at(START.plus(Duration.ofDays(30)), HALF_LIFE);
    assertThat(often.days()).isCloseTo(once.days(), within(1e-9));
    assertThat(often.counts().get(0)).isCloseTo(once.counts().get(0), within(1e-12));
  }

  @Test
  void timeDoesNotRunBack() {
    EventRate rate = EventRate.startingAt(START, 1).plus(0);
    assertThat(rate.at(START.minusSeconds(60), HALF_LIFE)).isEqualTo(rate);
  }
}
