package gatehouse.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.event.AccessEvent;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.fixture.RandomRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FactCodecTest {

  static Stream<Arguments> everyFactAndSeed() {
    return FactCodec.types().stream()
        .flatMap(type -> LongStream.range(0, 20).mapToObj(seed -> Arguments.of(type, seed)));
  }

  @ParameterizedTest
  @MethodSource("everyFactAndSeed")
  void everyFactSurvivesTheWire(Class<? extends Fact> type, long seed) throws Exception {
    Fact fact = new RandomRecords(seed).of(type);
    assertThat(FactCodec.decode(FactCodec.encode(fact))).isEqualTo(fact);
  }

  @Test
  void anOlderRecordStillReads() throws Exception {
    String older =
        """
        {"@type":"gatehouse.access-event","origin":{"id":"e1","community":"c1","device":"d1",
         "place":{"id":"door-1"},"time":"2026-01-01T00:00:00Z","receivedAt":"2026-01-01T00:00:01Z"},
         "credential":"card-1"}""";
    AccessEvent event = (AccessEvent) FactCodec.decode(bytes(older));
    assertThat(event.credential()).isEqualTo("card-1");
    assertThat(event.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(event.subjectType()).isEmpty();
    assertThat(event.person()).isNull();
    assertThat(event.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(event.place().rules()).isEmpty();
  }

  @Test
  void aNewerRecordStillReads() throws Exception {
    String newer =
        """
        {"@type":"gatehouse.building","id":"b1","futureObject":{"a":[1,{"b":2}]},"community":"c1",
         "time":"2026-01-01T00:00:00Z","name":"1号楼","futureText":"x","floors":18}""";
    assertThat(FactCodec.decode(bytes(newer)))
        .hasFieldOrPropertyWithValue("name", "1号楼")
        .hasFieldOrPropertyWithValue("floors", 18);
  }

  @Test
  void whatIsNoFactIsRefusedByName() {
    assertThatThrownBy(() -> FactCodec.decode(bytes("{\"@type\":\"gatehouse.alert\"}")))
        .isInstanceOf(WireException.class)
        .hasMessage("unknown type");
    assertThatThrownBy(
            () -> FactCodec.decode(bytes("{\"@type\":\"gatehouse.building\",\"floors\":\"x\"}")))
        .hasMessage("floors: must be a whole number");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
