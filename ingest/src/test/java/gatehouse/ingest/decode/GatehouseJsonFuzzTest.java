package gatehouse.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.fixture.RandomRecords;
import gatehouse.site.Place;
import gatehouse.wire.DeviceMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded random messages and seeded damage to them: the decoder reads or refuses, nothing else. */
class GatehouseJsonFuzzTest {

  private static final int EVENTS = 400;
  private static final int MUTATIONS = 60_000;
  private static final byte[] SPICE =
      "{}[]\",:\\u0000\\ud800-1e9null true\n".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsBackWhatADeviceWrites(long seed) throws Exception {
    for (DeviceEvent event : events(seed)) {
      byte[] message = DeviceMessage.encode(event);
      DeviceEvent read;
      try {
        read = new GatehouseJson().decode(message).event();
      } catch (UnreadableException e) {
        // Random numbers leave the declared ranges; nothing else may be wrong with them.
        assertThat(e).hasMessageContaining(" must ");
        read = DeviceMessage.decode(message).event();
      }
      assertThat(read).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void neverThrowsAnythingButItsRefusal(long seed) {
    Random random = new Random(seed);
    List<byte[]> messages = events(seed).stream().map(DeviceMessage::encode).toList();
    int read = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutant = mutant(messages.get(random.nextInt(messages.size())), messages, random);
      try {
        DeviceMessage message = new GatehouseJson().decode(mutant);
        // What is let through can be written again.
        assertThat(DeviceMessage.encode(message.event())).isNotEmpty();
        read++;
      } catch (UnreadableException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isGreaterThan(read);
  }

  private static List<DeviceEvent> events(long seed) {
    RandomRecords random = new RandomRecords(seed);
    List<DeviceEvent> events = new ArrayList<>();
    Class<?>[] kinds = DeviceEvent.class.getPermittedSubclasses();
    for (int i = 0; i < EVENTS; i++) {
      Instant time = Instant.ofEpochMilli(1_795_478_400_000L + i);
      Origin origin =
          new Origin(
              "id-" + i,
              "",
              "",
              Place.of(""),
              time,
              time,
              "b",
              i,
              i % 2 == 0,
              ClockQuality.UNKNOWN);
      DeviceEvent event = (DeviceEvent) random.of(kinds[i % kinds.length].asSubclass(Record.class));
      events.add(event.withOrigin(origin));
    }
    return events;
  }

  private static byte[] mutant(byte[] message, List<byte[]> others, Random random) {
    byte[] mutant = message.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(6)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt(256);
        case 2 -> mutant[at] = SPICE[random.nextInt(SPICE.length)];
        case 3 -> mutant = splice(mutant, at, at + random.nextInt(mutant.length - at), new byte[0]);
        case 4 -> {
          int from = random.nextInt(SPICE.length);
          mutant = splice(mutant, at, at, Arrays.copyOfRange(SPICE, from, SPICE.length));
        }
        default -> {
          byte[] other = others.get(random.nextInt(others.size()));
          int from = random.nextInt(other.length);
          mutant = splice(mutant, at, mutant.length, Arrays.copyOfRange(other, from, other.length));
        }
      }
      if (mutant.length == 0) {
        return mutant;
      }
    }
    return mutant;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] put) {
    byte[] spliced = new byte[from + put.length + bytes.length - to];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(put, 0, spliced, from, put.length);
    System.arraycopy(bytes, to, spliced, from + put.length, bytes.length - to);
    return spliced;
  }
}
