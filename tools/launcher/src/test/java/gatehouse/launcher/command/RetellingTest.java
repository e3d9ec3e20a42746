package gatehouse.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.analysis.ModelEntry;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import gatehouse.site.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetellingTest {

  static Stream<ModelEntry<?, ?, ?>> models() {
    return ModelCatalogue.all().stream().filter(Retelling::isPossible);
  }

  @ParameterizedTest
  @MethodSource("models")
  void findsTheSameAtAnotherDayInACommunityOfItsOwn(ModelEntry<?, ?, ?> entry) throws Exception {
    List<Fact> example = entry.example().get();
    // Ten weeks later, at the same hour and day for models that look at them.
    Instant start = firstEvent(entry).plus(Duration.ofDays(70));

    Retelling retelling = Retelling.of(entry, start, new Random(1)).orElseThrow();

    assertThat(retelling.events().get(0).time()).isEqualTo(start);
    assertThat(retelling.expected().model()).isEqualTo(entry.id());
    assertThat(retelling.communities()).allMatch(name -> name.startsWith("play-"));
    assertThat(retelling.communities())
        .doesNotContainAnyElementsOf(
            example.stream().map(Fact::community).collect(Collectors.toSet()));
    List<String> known =
        retelling.background().stream()
            .filter(Device.class::isInstance)
            .map(device -> device.community() + "/" + device.id())
            .toList();
    assertThat(retelling.events())
        .allSatisfy(event -> assertThat(known).contains(event.community() + "/" + event.device()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void isAnotherStoryEachTime(ModelEntry<?, ?, ?> entry) throws Exception {
    Instant then = firstEvent(entry).plus(Duration.ofDays(70));
    Retelling one = Retelling.of(entry, then, new Random(1)).orElseThrow();
    Retelling other = Retelling.of(entry, then, new Random(2)).orElseThrow();
    assertThat(one.expected().id()).isNotEqualTo(other.expected().id());
  }

  private static Instant firstEvent(ModelEntry<?, ?, ?> entry) {
    return entry.example().get().stream()
        .filter(DeviceEvent.class::isInstance)
        .map(Fact::time)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
