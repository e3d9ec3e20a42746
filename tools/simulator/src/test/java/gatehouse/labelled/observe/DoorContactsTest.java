package gatehouse.labelled.observe;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.DoorEvent.Change;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorContactsTest {

  private static final Instrument DOOR =
      new Instrument("c1", "b1-door", "b1-door", Instrument.TERMINAL);
  private static final Instant NOON = Instant.parse("2026-03-20T04:00:00Z");

  private static Act.Opening opening(double from, double to) {
    return new Act.Opening(at(from), DOOR, at(to));
  }

  private static Instant at(double seconds) {
    return NOON.plusMillis(Math.round(seconds * 1000));
  }

  private static List<Instant> opened(List<Act.Opening> openings) {
    return DoorContacts.of(DOOR, openings, List.of()).stream()
        .filter(change -> change.change() == Change.OPENED)
        .map(DoorContacts.Change::at)
        .toList();
  }

  @Test
  void overlappingOpeningsAreOne() {
    assertThat(opened(List.of(opening(3, 9), opening(0, 5)))).containsExactly(at(0));
  }

  @ParameterizedTest
  @CsvSource({"-5, -5", "4, 12.001", "10.5, 12.001", "25, 32.001", "13, 13"})
  void aDoorThatStandsOpenIsForcedWhenItHasShut(double at, double forced) {
    List<Act.Opening> all =
        DoorContacts.withBreaches(
            List.of(opening(20, 30), opening(0, 10)),
            List.of(new Act.Breach(at(at), DOOR, Duration.ofSeconds(4))));
    assertThat(opened(all)).contains(at(forced)).hasSize(3);
  }
}
