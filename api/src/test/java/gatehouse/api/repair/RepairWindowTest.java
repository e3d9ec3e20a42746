package gatehouse.api.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A repair takes as much history as it may. */
class RepairWindowTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static List<LateEvent> late(int number) {
    return IntStream.range(0, number)
        .mapToObj(
            n ->
                new LateEvent(
                    new LateEvent.Key("device", "event-" + n),
                    NOW.minus(DAY).plusSeconds(3600L * n)))
        .toList();
  }

  /** One event a minute. */
  private static Optional<RepairWindow> window(List<LateEvent> late, int limit) {
    return RepairWindow.of(
        late,
        DAY,
        NOW,
        limit,
        (from, to, most) -> (int) Math.min(most, Duration.between(from, to).toMinutes() + 1));
  }

  @Test
  void itReachesFromBeforeTheFirstLateEventUntilNow() {
    RepairWindow window = window(late(2), 3000).orElseThrow();
    assertThat(window.from()).isEqualTo(NOW.minus(DAY).minus(DAY));
    assertThat(window.to()).isEqualTo(NOW);
    assertThat(window.late()).hasSize(2);
    assertThat(window.narrowed()).isFalse();
  }

  @Test
  void itIsNarrowedUntilItFits() {
    RepairWindow window = window(late(2), 1600).orElseThrow();
    assertThat(window.from()).isEqualTo(NOW.minus(DAY).minus(Duration.ofHours(12)));
    assertThat(window.to()).isEqualTo(NOW.minus(Duration.ofMinutes(11 * 60 + 30)));
    assertThat(window.late()).hasSize(2);
    assertThat(window.narrowed()).isTrue();
  }

  @Test
  void thenTheLaterHalfIsPutOff() {
    RepairWindow window = window(late(4), 100).orElseThrow();
    assertThat(window.late()).isEqualTo(late(2));
    assertThat(window.narrowed()).isTrue();
  }

  @Test
  void oneEventAmongTooManyIsRefused() {
    assertThat(window(late(3), 20)).isEmpty();
    assertThat(window(late(3), 21).orElseThrow().late()).isEqualTo(late(1));
  }
}
