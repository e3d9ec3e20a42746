package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.event.ClockQuality;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private final ClockCheck check = new ClockCheck(Rig.USUAL);

  @Test
  void doesNotBlameAClockForWhatWaitedInTheBroker() throws Exception {
    assertThat(live(Duration.ofMinutes(-10))).isEqualTo(ClockQuality.BUFFERED);
    assertThat(live(Duration.ofSeconds(-2))).isEqualTo(ClockQuality.GOOD);
    assertThat(live(Duration.ofMinutes(-10))).isEqualTo(ClockQuality.SKEWED);
    check.interrupted();
    assertThat(live(Duration.ofMinutes(-10))).isEqualTo(ClockQuality.BUFFERED);
    assertThat(live(Duration.ofMinutes(1))).isEqualTo(ClockQuality.SKEWED);
  }

  @Test
  void takesTheLimitsThemselvesAndNothingBeyond() throws Exception {
    assertThat(live(Duration.ofSeconds(30))).isEqualTo(ClockQuality.GOOD);
    assertThat(live(Duration.ofMinutes(2))).isEqualTo(ClockQuality.SKEWED);
    assertThat(check.judge(NOW.minus(Duration.ofDays(7)), true, NOW))
        .isEqualTo(ClockQuality.BUFFERED);
    refuses(NOW.plusSeconds(120).plusMillis(1), Rejection.CLOCK_FUTURE);
    refuses(NOW.minus(Duration.ofDays(7)).minusMillis(1), Rejection.TOO_OLD);
  }

  @Test
  void comparesNothingWhenSwitchedOffButRefusesTheImpossible() throws Exception {
    ClockCheck off =
        new ClockCheck(Limits.of(false, Duration.ofMinutes(2), Duration.ofDays(7), 50));
    assertThat(off.judge(Instant.parse("2009-01-05T08:00:00Z"), false, NOW))
        .isEqualTo(ClockQuality.UNKNOWN);
    assertThat(off.judge(Instant.parse("2101-01-05T08:00:00Z"), false, NOW))
        .isEqualTo(ClockQuality.UNKNOWN);
    assertThatThrownBy(() -> off.judge(Instant.MAX, false, NOW)).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> off.judge(Instant.MIN, true, NOW)).isInstanceOf(Refused.class);
  }

  private ClockQuality live(Duration ahead) throws Refused {
    return check.judge(NOW.plus(ahead), false, NOW);
  }

  private void refuses(Instant time, Rejection reason) {
    assertThatThrownBy(() -> check.judge(time, true, NOW))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
