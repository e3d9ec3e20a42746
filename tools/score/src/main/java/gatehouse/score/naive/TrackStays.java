package gatehouse.score.naive;

import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One track stays for so long at a place of this sort; whatever the camera loses begins anew.
 *
 * @param model the model it stands beside
 * @param kind what stays
 * @param where at which places
 * @param limit how long
 */
record TrackStays(String model, TrackSighting.Kind kind, Predicate<Place> where, Duration limit)
    implements NaiveRule {

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Place> places = new HashMap<>();
    Set<String> told = new HashSet<>();
    for (Fact fact : history) {
      if (fact instanceof PlaceEntry entry) {
        places.put(entry.community() + '/' + entry.id(), entry.place());
      } else if (fact instanceof TrackSighting seen && seen.kind() == kind) {
        String at = seen.community() + '/' + seen.place().id();
        Place place = places.get(at);
        if (place != null
            && where.test(place)
            && stays(seen)
            && told.add(at + '/' + seen.track())) {
          found.add(Detection.moment(model, seen.community(), Set.of(place.id()), seen.time()));
        }
      }
    }
    return List.copyOf(found);
  }

  private boolean stays(TrackSighting seen) {
    Instant entered = seen.enteredAt();
    return entered != null && Duration.between(entered, seen.time()).compareTo(limit) >= 0;
  }
}
