package gatehouse.model.flow;

import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.fact.Fact;
import gatehouse.model.DeviceHealth;
import gatehouse.model.flow.Passing.Subjects;
import gatehouse.registry.Permit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key of the flows of one class of subjects at one place, in all directions.
 *
 * @param community the community
 * @param place the place
 * @param subjects what is counted, as a word
 */
public record FlowKey(String community, String place, String subjects) {

  /** Permits that explain an unusual number of passages at the places they name. */
  private static final Set<String> EXPLAINING = Set.of("event", "drill", "moving", "maintenance");

  /** The keys of a passing, of a device's health, or of a permit. */
  public static List<String> of(Fact fact) {
    if (fact instanceof Permit permit) {
      return EXPLAINING.contains(permit.kind())
          ? permit.places().stream()
              .distinct()
              .flatMap(place -> all(permit.community(), place).stream())
              .toList()
          : List.of();
    } else if (fact instanceof CommunityLevel level) {
      return level.places().stream()
          .map(place -> level.community() + '/' + place + '/' + level.subjects())
          .toList();
    } else if (fact instanceof DeviceHealth health) {
      return all(health.community(), health.place().id());
    } else if (fact instanceof DeviceStatus status) {
      return all(status.community(), status.place().id());
    } else if (fact instanceof DeviceEvent event) {
      @Nullable Passing passing = Passing.of(event);
      return passing == null
          ? List.of()
          : List.of(key(event.community(), event.place().id(), passing.subjects()));
    }
    return List.of();
  }

  /** Reads a key; neither a community's id nor the word holds a slash. */
  public static FlowKey parse(String text) {
    int first = text.indexOf('/');
    int last = text.lastIndexOf('/');
    return new FlowKey(
        text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1));
  }

  private static List<String> all(String community, String place) {
    return Arrays.stream(Subjects.values())
        .map(subjects -> key(community, place, subjects))
        .toList();
  }

  private static String key(String community, String place, Subjects subjects) {
    return community + '/' + place + '/' + subjects.word();
  }
}
