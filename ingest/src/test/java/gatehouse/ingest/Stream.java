package gatehouse.ingest;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Messages of four doors of a community, until it is ended. */
final class Stream implements AutoCloseable {

  static final String[] DOORS = {"door-0", "door-1", "door-2", "door-3"};

  /** Where it ends by itself, on a machine so slow that the tests would drown in it. */
  private static final int MOST = 40_000;

  private static final int EACH = 25;
  private static final long PAUSE_MILLIS = 25;

  private final Gateway gateway;
  private final String community;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<Integer> sent;
  private volatile boolean ended;

  private Stream(Gateway gateway, String community) {
    this.gateway = gateway;
    this.community = community;
    Callable<Integer> publishing = this::publish;
    this.sent = thread.submit(publishing);
  }

  /** Sends about 1000 a second, named {@code s-0}, {@code s-1} and so on. */
  static Stream start(Gateway gateway, String community) {
    return new Stream(gateway, community);
  }

  private int publish() throws Exception {
    int number = 0;
    while (!ended && number < MOST) {
      for (int i = 0; i < EACH; i++, number++) {
        String door = DOORS[number % DOORS.length];
        String id = "s-" + number;
        byte[] message = Messages.valid(community, door, id, number / DOORS.length);
        gateway.publish(door, message, id, "");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    gateway.flush();
    return number;
  }

  /** Ends it. Returns how many were sent, once the broker has acknowledged them. */
  int end() throws ExecutionException, InterruptedException {
    ended = true;
    return sent.get();
  }

  @Override
  public void close() {
    ended = true;
    thread.shutdownNow();
  }
}
