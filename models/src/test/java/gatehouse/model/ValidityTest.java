package gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.registry.Entry;
import gatehouse.registry.ListMembership;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValidityTest {

  @Test
  void aVersionHoldsFromItsBeginningToItsEnd() {
    List<ListMembership> versions = List.of(version("a", 1, 10, 20));
    assertThat(at(versions, 9)).isNull();
    assertThat(at(versions, 10)).isEqualTo("a");
    assertThat(at(versions, 19)).isEqualTo("a");
    assertThat(at(versions, 20)).isNull();
  }

  @Test
  void aLaterVersionThatEndsEarlierCutsTheFormer() {
    List<ListMembership> versions = List.of(version("a", 1, 10, null), version("b", 2, 10, 15));
    assertThat(at(versions, 12)).isEqualTo("b");
    assertThat(at(versions, 16)).isNull();
  }

  @Test
  void aLaterVersionOfNoLengthEndsTheFormer() {
    List<ListMembership> versions = List.of(version("a", 1, 10, null), version("b", 2, 15, 15));
    assertThat(at(versions, 12)).isEqualTo("a");
    assertThat(at(versions, 15)).isNull();
  }

  @Test
  void renewalsAndEarlierPeriodsStandSideBySide() {
    List<ListMembership> versions =
        List.of(version("a", 1, 10, 20), version("b", 2, 20, 30), version("c", 3, 1, 10));
    assertThat(at(versions, 5)).isEqualTo("c");
    assertThat(at(versions, 15)).isEqualTo("a");
    assertThat(at(versions, 25)).isEqualTo("b");
  }

  @Test
  void onlyTheNewestRecordedAreKept() {
    List<ListMembership> versions = List.of();
    for (int i = 0; i < 5; i++) {
      versions = Validity.with(versions, version("v" + i, 10 - i, 1, 2), 3);
    }
    assertThat(versions).extracting(ListMembership::id).containsExactly("v2", "v1", "v0");
  }

  private static @Nullable String at(List<ListMembership> versions, long time) {
    ListMembership found = Validity.at(versions, Instant.ofEpochSecond(time));
    return found == null ? null : found.id();
  }

  private static ListMembership version(String id, long recorded, long from, @Nullable Integer to) {
    return new ListMembership(
        new Entry(
            id,
            "maple",
            Instant.ofEpochSecond(recorded),
            Instant.ofEpochSecond(from),
            to == null ? null : Instant.ofEpochSecond(to)),
        "staff",
        "c1");
  }
}
