package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.event.TagRead;
import gatehouse.fact.Fact;
import gatehouse.registry.TaggedObject;
import gatehouse.score.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A tag leaves and nobody of its household presented a card there within a minute. */
final class TagWithoutOwner implements NaiveRule {

  private static final Duration NEAR = Duration.ofMinutes(1);

  @Override
  public String model() {
    return "object-without-owner";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, TaggedObject> objects = new HashMap<>();
    Map<String, Instant> cards = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof TaggedObject object) {
        objects.put(object.tag(), object);
      } else if (fact instanceof AccessEvent use && use.person() != null) {
        cards.put(use.place().id() + '/' + use.person(), use.time());
      } else if (fact instanceof TagRead read && read.direction() == Direction.OUT) {
        TaggedObject object = objects.get(read.tag());
        boolean alone =
            object != null
                && object.household().stream()
                    .map(person -> cards.get(read.place().id() + '/' + person))
                    .noneMatch(seen -> seen != null && seen.plus(NEAR).isAfter(read.time()));
        if (alone) {
          found.add(Detection.moment(model(), read.community(), Set.of(read.tag()), read.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
