package gatehouse.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTest {

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /** Whatever overtakes whatever, nothing arrives later than the bound behind the newest. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nothingBecomesLateHoweverMessagesOvertakeEachOther(long seed) throws Exception {
    Random random = new Random(seed);
    List<Instant> times = new ArrayList<>();
    Instant time = Instant.EPOCH;
    for (int i = 0; i < 6000; i++) {
      time = time.plusSeconds(random.nextInt(100) == 0 ? 3600 : random.nextInt(3));
      times.add(time);
    }
    Duration bound = Duration.ofMinutes(10);
    InFlight inFlight = new InFlight(times::get, bound);
    List<Integer> underWay = new ArrayList<>();
    Instant newest = Instant.EPOCH;
    int next = 0;
    while (inFlight.oldest() < times.size()) {
      while (next < times.size() && inFlight.awaitTurn(next, AT_ONCE)) {
        underWay.add(next);
        next++;
      }
      assertThat(underWay).hasSizeLessThanOrEqualTo(InFlight.WINDOW);
      for (int k = 0; k < 200 && !underWay.isEmpty(); k++) {
        int arrived = underWay.remove(random.nextInt(underWay.size()));
        assertThat(times.get(arrived)).isAfterOrEqualTo(newest.minus(bound));
        newest = newest.isBefore(times.get(arrived)) ? times.get(arrived) : newest;
        inFlight.arrived(arrived);
      }
    }

    assertThat(inFlight.count()).isEqualTo(times.size());
  }
}
