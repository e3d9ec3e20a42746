package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.DeviceEvent;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** trust.md F33: one device that talks without end harms nobody but itself. */
class BabblingDeviceTest {

  private static final String COMMUNITY = "orchard";
  private static final int BABBLE = 6_000;
  private static final int NEIGHBOURS = 10;
  private static final int EACH = 20;

  @Test
  void throttlesTheOneAndTakesEverythingOfItsNeighbours() throws Exception {
    Rig rig = Rig.shared();
    rig.register(COMMUNITY, "babbler");
    for (int neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
      rig.register(COMMUNITY, "quiet-" + neighbour);
    }
    try (Gateway gateway = rig.gateway(COMMUNITY);
        Ingest ingest = rig.ingest(Rig.USUAL)) {
      for (int i = 0; i < BABBLE; i++) {
        gateway.publish("babbler", Messages.valid(COMMUNITY, "babbler", "b-" + i, i));
        if (i % (BABBLE / (NEIGHBOURS * EACH)) == 0) {
          int turn = i / (BABBLE / (NEIGHBOURS * EACH));
          String quiet = "quiet-" + turn % NEIGHBOURS;
          gateway.publish(
              quiet, Messages.valid(COMMUNITY, quiet, quiet + '-' + turn, turn / NEIGHBOURS));
        }
      }
      gateway.flush();
      Waiting.untilSettled(ingest, BABBLE + NEIGHBOURS * EACH);

      Ledger.Balance balance = ingest.balance();
      assertThat(balance.difference()).isZero();
      Map<String, Integer> published = new HashMap<>();
      for (ConsumerRecord<String, byte[]> record : rig.records(Topic.EVENTS, COMMUNITY)) {
        published.merge(((DeviceEvent) FactCodec.decode(record.value())).device(), 1, Integer::sum);
      }
      for (int neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
        assertThat(published).containsEntry("quiet-" + neighbour, EACH);
      }
      long throttled = balance.rejected(Rejection.RATE_LIMITED);
      assertThat(throttled).isEqualTo(balance.rejected()).isGreaterThan(BABBLE / 2);
      assertThat(published.get("babbler")).isEqualTo((int) (BABBLE - throttled));

      List<ConsumerRecord<String, byte[]>> letters =
          new ArrayList<>(rig.records(Topic.DEAD_LETTERS, COMMUNITY));
      assertThat(BadInputTest.told(letters)).isEqualTo(throttled);
      assertThat((long) letters.size()).isLessThan(throttled / 4);
    }
  }

  @Test
  void takesTheStoreOfADoorThatWasOffline() throws Exception {
    Rig rig = Rig.shared();
    rig.register(COMMUNITY, "was-offline");
    int stored = 3_000;
    try (Gateway gateway = rig.gateway(COMMUNITY);
        Ingest ingest = rig.ingest(Rig.USUAL)) {
      for (int i = 0; i < stored; i++) {
        gateway.publish(
            "was-offline",
            Messages.bytes(
                Messages.text(COMMUNITY, "was-offline", "o-" + i, i)
                    .replace("\"buffered\":false", "\"buffered\":true")));
      }
      gateway.flush();
      Waiting.untilSettled(ingest, stored);
      assertThat(ingest.balance().published()).isEqualTo(stored);
    }
  }
}
