package gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.Direction;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassRuleTest {

  private static final PassRule FRIDAY_NIGHT =
      new PassRule(
          PassRule.Effect.ALLOW,
          Set.of("ranger"),
          Set.of(),
          Set.of("night-staff"),
          Set.of(DayOfWeek.FRIDAY),
          LocalTime.of(22, 0),
          LocalTime.of(6, 0),
          Direction.IN);

  @ParameterizedTest
  @CsvSource({
    "2026-03-06T22:00:00+08:00[Asia/Shanghai],true",
    "2026-03-06T21:59:59+08:00[Asia/Shanghai],false",
    "2026-03-07T05:59:59+08:00[Asia/Shanghai],true",
    "2026-03-07T06:00:00+08:00[Asia/Shanghai],false",
    "2026-03-07T23:00:00+08:00[Asia/Shanghai],false",
    "2026-03-06T05:00:00+08:00[Asia/Shanghai],false"
  })
  void aWindowOverMidnightBelongsToItsFirstDay(ZonedDateTime local, boolean holds) {
    assertThat(FRIDAY_NIGHT.holdsAt(local, Direction.IN)).isEqualTo(holds);
    assertThat(FRIDAY_NIGHT.holdsAt(local, Direction.OUT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"card-1,ranger,,true", "card-1,visitor,night-staff,true", "card-1,visitor,,false"})
  void aSubjectIsNamedByTypeOrList(String subject, String type, String list, boolean named) {
    Set<String> lists = list == null ? Set.of() : Set.of(list);
    assertThat(FRIDAY_NIGHT.names(subject, type, lists)).isEqualTo(named);
  }
}
