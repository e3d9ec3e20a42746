package gatehouse.score.naive;

import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One frame of an e-bike in a lift, once a track. */
final class OneFrameOfBike implements NaiveRule {

  @Override
  public String model() {
    return "ebike-in-lift";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Fact fact : history) {
      if (fact instanceof TrackSighting seen
          && seen.kind() == TrackSighting.Kind.E_BIKE
          && told.add(seen.community() + '/' + seen.device() + '/' + seen.track())) {
        found.add(
            Detection.moment(model(), seen.community(), Set.of(seen.place().id()), seen.time()));
      }
    }
    return List.copyOf(found);
  }
}
