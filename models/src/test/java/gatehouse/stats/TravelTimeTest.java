package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.Position;
import gatehouse.stats.TravelTime.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TravelTimeTest {

  private final TravelTime travel = new TravelTime(25, 1.3, 0.85, 3, 30);

  @Test
  void withoutAWayTheStraightLineWithDetourCounts() {
    Stop here = stop("a", "g1", new Position(0, 0), Map.of());
    Stop there = stop("b", "g2", new Position(3000, 4000), Map.of());
    assertThat(travel.leastSeconds(here, there)).isEqualTo(5000 * 1.3 / 25);
  }

  @Test
  void aDeclaredWayCountsInBothDirectionsButNeverBelowTheStraightLine() {
    Stop here =
        stop(
            "a",
            "g1",
            new Position(0, 0),
            Map.of("g2", Duration.ofMinutes(10), "g3", Duration.ZERO));
    Stop second = stop("a", "g2", null, Map.of());
    Stop third = stop("a", "g3", new Position(0, 500), Map.of());
    assertThat(travel.leastSeconds(here, second)).isEqualTo(600);
    assertThat(travel.leastSeconds(second, here)).isEqualTo(600);
    assertThat(travel.leastSeconds(here, third)).isEqualTo(20);
  }

  @Test
  void waysToOtherCommunitiesNameTheCommunity() {
    Stop here =
        stop("a", "g1", null, Map.of("g2", Duration.ofMinutes(1), "b/g2", Duration.ofMinutes(30)));
    assertThat(travel.leastSeconds(here, stop("b", "g2", null, Map.of()))).isEqualTo(1800);
    assertThat(travel.leastSeconds(here, stop("a", "g2", null, Map.of()))).isEqualTo(60);
    assertThat(travel.leastSeconds(here, stop("c", "g2", null, Map.of()))).isEqualTo(-1);
  }

  @Test
  void theSamePlaceTakesNoTime() {
    Stop here = stop("a", "g1", null, Map.of());
    assertThat(travel.leastSeconds(here, here)).isZero();
  }

  @Test
  void onlyMoreThanTheClocksExplainIsInfeasible() {
    double margin = travel.margin(1000, 500);
    assertThat(margin).isCloseTo(350, within(1e-9));
    assertThat(travel.infeasible(margin, 2, 2)).isTrue();
    // Three standard deviations of two free-running clocks and half a minute: 157.3 s.
    assertThat(travel.infeasible(157, 30, 30)).isFalse();
    assertThat(travel.infeasible(158, 30, 30)).isTrue();
  }

  private static Stop stop(
      String community, String id, @Nullable Position position, Map<String, Duration> ways) {
    return new Stop(
        community,
        new Place(
            id,
            Place.Kind.VEHICLE_GATE,
            "",
            "",
            "",
            "",
            List.of(),
            List.of(),
            position,
            DoorSpec.NONE,
            List.of(),
            ways));
  }
}
