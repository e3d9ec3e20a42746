package gatehouse.bench;

import gatehouse.launcher.Stack;
import gatehouse.wire.DeviceMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.common.MqttException;

/** The gateway of one community: what its devices see, at a fixed rate by MQTT. */
final class Reporter implements AutoCloseable {
  private static final int BATCHES_A_SECOND = 10;

  private final Publishers publishers;
  private final String community;
  private final int eventsASecond;

  private Reporter(Publishers publishers, String community, int eventsASecond) {
    this.publishers = publishers;
    this.community = community;
    this.eventsASecond = eventsASecond;
  }

  /** Connects with a credential of its own. */
  static Reporter connect(Stack stack, String community, int eventsASecond)
      throws IOException, MqttException {
    String username = community + "-gateway";
    String password = stack.secrets().addGateway(username, community);
    return new Reporter(
        new Publishers(stack.mqttUrl(), username, password, 1), community, eventsASecond);
  }

  /**
   * Reports until told to end.
   *
   * @return events a second, as the broker took them
   */
  double report(AtomicBoolean busy) throws IOException, MqttException, InterruptedException {
    Traffic traffic =
        new Traffic(
            List.of(community),
            Instant.now(),
            Duration.ofSeconds(1).dividedBy(eventsASecond),
            UUID.randomUUID().toString());
    int sent = 0;
    long start = System.nanoTime();
    while (busy.get()) {
      List<Publishers.Message> batch = new ArrayList<>();
      for (int i = 0; i < eventsASecond / BATCHES_A_SECOND; i++) {
        var event = traffic.event(sent++);
        batch.add(
            Publishers.Message.of(
                "gatehouse/v1/" + community + "/" + event.device() + "/event",
                DeviceMessage.encode(event)));
      }
      publishers.publish(batch);
      long due = start + sent * TimeUnit.SECONDS.toNanos(1) / eventsASecond;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
    }
    return sent * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
  }

  @Override
  public void close() throws MqttException {
    publishers.close();
  }
}
