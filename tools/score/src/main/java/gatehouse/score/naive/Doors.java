package gatehouse.score.naive;

import gatehouse.fact.Fact;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which places are doors; lifts report their doors, too. */
final class Doors {

  private Doors() {}

  /** Community and place of each. */
  static Set<String> of(List<Fact> history) {
    return history.stream()
        .filter(fact -> fact instanceof PlaceEntry entry && entry.place().kind() == Place.Kind.DOOR)
        .map(PlaceEntry.class::cast)
        .map(entry -> entry.community() + '/' + entry.place().id())
        .collect(Collectors.toSet());
  }
}
