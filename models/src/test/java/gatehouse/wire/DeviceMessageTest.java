package gatehouse.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.fixture.RandomRecords;
import gatehouse.site.Place;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceMessageTest {

  private static final String MESSAGE =
      """
      {"specversion":"1.0","id":"e1","source":"c1/d1","type":"gatehouse.door-event",
       "time":"2026-01-31T16:00:00+08:00","boot":"b1","seq":7,"data":{"change":"OPENED"}}""";

  static Stream<Arguments> everyEventAndSeed() {
    return Stream.of(DeviceEvent.class.getPermittedSubclasses())
        .flatMap(type -> LongStream.range(0, 20).mapToObj(seed -> Arguments.of(type, seed)));
  }

  @ParameterizedTest
  @MethodSource("everyEventAndSeed")
  void whatADevicePublishesIsReadBack(Class<? extends DeviceEvent> type, long seed)
      throws Exception {
    RandomRecords random = new RandomRecords(seed);
    Origin origin = random.of(Origin.class);
    DeviceEvent event =
        random
            .of(type)
            .withOrigin(
                new Origin(
                    "id-" + seed,
                    "c1",
                    "d1",
                    Place.of(""),
                    origin.time(),
                    origin.time(),
                    origin.boot(),
                    Math.abs(origin.seq() / 2),
                    origin.buffered(),
                    origin.clock()));
    DeviceMessage message = DeviceMessage.decode(DeviceMessage.encode(event));
    assertThat(message.source()).isEqualTo("c1/d1");
    assertThat(message.skipped()).isEmpty();
    assertThat(message.event().withOrigin(event.origin())).isEqualTo(event);
    assertThat(message.event().origin().seq()).isEqualTo(event.origin().seq());
    assertThat(message.event().time()).isEqualTo(event.time());
  }

  @Test
  void theTypeMayStandBehindTheData() throws Exception {
    String reordered =
        """
        {"data":{"change":"OPENED"},"id":"e1","specversion":"1.0","time":"2026-01-31T08:00:00Z",
         "type":"gatehouse.door-event"}""";
    DeviceEvent event = DeviceMessage.decode(bytes(reordered)).event();
    assertThat(((DoorEvent) event).change()).isEqualTo(DoorEvent.Change.OPENED);
    assertThat(event.origin().seq()).isEqualTo(-1);
  }

  @Test
  void identityInTheDataIsNotBelieved() throws Exception {
    String forged = MESSAGE.replace("\"change\"", "\"origin\":{\"device\":\"other\"},\"change\"");
    DeviceMessage message = DeviceMessage.decode(bytes(forged));
    assertThat(message.event().device()).isEmpty();
    assertThat(message.skipped()).contains("origin", "device");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"change\":\"AJAR\"",
        "\"change\":1",
        "\"changes\":\"OPENED\"",
        "\"change\":null"
      })
  void dataThatIsNoEventIsRefusedByField(String data) {
    String wrong = MESSAGE.replace("\"change\":\"OPENED\"", data);
    assertThatThrownBy(() -> DeviceMessage.decode(bytes(wrong)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("change");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = bytes(MESSAGE);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> DeviceMessage.decode(cut)).isInstanceOf(WireException.class);
    }
  }

  @Test
  void noBitFlipOrGarbageGetsPastTheDecoder() {
    Random random = new Random(11);
    int read = 0;
    for (int bit = 0; bit < bytes(MESSAGE).length * 8; bit++) {
      byte[] flipped = bytes(MESSAGE);
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      read += decodes(flipped) ? 1 : 0;
    }
    for (int i = 0; i < 2000; i++) {
      byte[] garbage = new byte[random.nextInt(300)];
      random.nextBytes(garbage);
      read += decodes(garbage) ? 1 : 0;
    }
    // A flip inside free text still makes a well-formed message; one in the structure must not.
    assertThat(read).isPositive().isLessThan(bytes(MESSAGE).length * 8 / 2);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      DeviceMessage.decode(bytes);
      return true;
    } catch (WireException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
