package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationalTimeTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration FOREVER = Duration.ofDays(100_000_000);
  private static final OperationalTime NEW = OperationalTime.startingAt(START);

  private static Instant at(double hours) {
    return START.plusSeconds(Math.round(hours * 3600));
  }

  private static double hours(OperationalTime time, double from, double to) {
    return time.between(at(from), at(to), ZoneOffset.UTC).toMillis() / 3.6e6;
  }

  @Test
  void everyHourIsAlikeBeforeAnythingIsKnown() {
    double pace = -Math.log(1 - 0.4);
    assertThat(hours(NEW, 3, 4)).isCloseTo(pace, within(1e-6));
    assertThat(hours(NEW, 3.25, 7.75)).isCloseTo(4.5 * pace, within(1e-6));
  }

  @Test
  void countsAsTheFormulaSays() {
    OperationalTime time = NEW;
    for (int day = 0; day < 10; day++) {
      time =
          time.heard(at(24 * day + 8.2), ZoneOffset.UTC).heard(at(24 * day + 8.9), ZoneOffset.UTC);
    }
    time = time.watched(START, at(240), ZoneOffset.UTC, FOREVER);
    double mean = (10 + 5 * 0.4) / (240 + 5);
    assertThat(time.days()).isCloseTo(10, within(1e-6));
    assertThat(hours(time, 8, 9))
        .isCloseTo(-Math.log(1 - (10 + 5 * mean) / (10 + 5)), within(1e-6));
    assertThat(hours(time, 3, 4)).isCloseTo(-Math.log(1 - 5 * mean / (10 + 5)), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 2.7, 11, 40})
  void afterIsTheInverseOfBetween(double length) {
    OperationalTime time = NEW;
    for (int hour = 7; hour < 400; hour += 5) {
      time = time.heard(at(hour), ZoneOffset.UTC);
    }
    time = time.watched(START, at(400), ZoneOffset.UTC, FOREVER);
    Duration operational = Duration.ofMillis(Math.round(length * 3.6e6));
    Instant end = time.after(at(401.3), operational, ZoneOffset.UTC);
    assertThat(time.between(at(401.3), end, ZoneOffset.UTC).toMillis())
        .isCloseTo(operational.toMillis(), within(60L));
  }

  @Test
  void anEndlessLengthEndsAfterSixtyDays() {
    assertThat(NEW.after(START, Duration.ofDays(1000), ZoneOffset.UTC))
        .isEqualTo(START.plus(Duration.ofDays(60)));
    assertThat(NEW.between(START, START.plus(Duration.ofDays(9000)), ZoneOffset.UTC))
        .isEqualTo(NEW.between(START, START.plus(Duration.ofDays(60)), ZoneOffset.UTC));
  }

  @Test
  void hoursAreLocalAlsoOnDaysOfAnotherLength() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant before = Instant.parse("2026-03-28T23:00:00Z");
    OperationalTime time = NEW.watched(before, before.plus(Duration.ofHours(23)), berlin, FOREVER);
    assertThat(time.watched().get(2)).isZero();
    assertThat(time.watched().get(3)).isCloseTo(1, within(1e-9));
  }

  @Test
  void forgetsByHalves() {
    Duration halfLife = Duration.ofDays(28);
    OperationalTime time =
        NEW.heard(at(8), ZoneOffset.UTC).watched(START, at(24), ZoneOffset.UTC, halfLife);
    OperationalTime later = time.watched(at(24 * 29), at(24 * 29), ZoneOffset.UTC, halfLife);
    assertThat(later.days()).isCloseTo(time.days() / 2, within(1e-9));
    assertThat(later.active().get(8)).isCloseTo(time.active().get(8) / 2, within(1e-9));
  }
}
