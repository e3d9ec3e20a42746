package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A half hour of a gate's cards lies three roots of the mean from the mean of that half hour of the
 * day, whatever the weekday.
 */
final class PoissonThreshold implements NaiveRule {

  private static final long HALF_HOUR = 1800;
  private static final long DAY = 86_400;
  private static final int LEARNED_DAYS = 7;

  private record Bin(String community, String place, long start) {}

  @Override
  public String model() {
    return "flow-anomaly";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    Map<Bin, Integer> counts = new HashMap<>();
    Set<Bin> places = new java.util.LinkedHashSet<>();
    long first = Long.MAX_VALUE;
    long last = 0;
    for (Fact fact : history) {
      if (fact instanceof AccessEvent access && access.passed()) {
        long start = Math.floorDiv(access.time().getEpochSecond(), HALF_HOUR) * HALF_HOUR;
        first = Math.min(first, start);
        last = Math.max(last, start);
        places.add(new Bin(access.community(), access.place().id(), 0));
        counts.merge(new Bin(access.community(), access.place().id(), start), 1, Integer::sum);
      }
    }
    List<Detection> found = new ArrayList<>();
    for (Bin place : places) {
      for (long bin = first + LEARNED_DAYS * DAY; bin <= last; bin += HALF_HOUR) {
        judge(place, bin, first, counts, found);
      }
    }
    return List.copyOf(found);
  }

  private void judge(
      Bin place, long bin, long first, Map<Bin, Integer> counts, List<Detection> found) {
    int days = 0;
    double sum = 0;
    for (long before = bin - DAY; before >= first; before -= DAY) {
      sum += counts.getOrDefault(new Bin(place.community(), place.place(), before), 0);
      days++;
    }
    double mean = sum / days;
    int count = counts.getOrDefault(new Bin(place.community(), place.place(), bin), 0);
    if (mean > 0 && Math.abs(count - mean) > 3 * Math.sqrt(mean)) {
      Instant start = Instant.ofEpochSecond(bin);
      Instant end = start.plusSeconds(HALF_HOUR);
      found.add(
          new Detection(model(), place.community(), Set.of(place.place()), start, end, end, 1, ""));
    }
  }
}
