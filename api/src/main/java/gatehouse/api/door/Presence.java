package gatehouse.api.door;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Which devices say that they are connected, as the broker tells us. */
@Component
public final class Presence {

  /** What is known of a device's connection. */
  public enum State {
    ONLINE,
    OFFLINE,
    /** It never said anything, or we are not connected ourselves. */
    UNKNOWN
  }

  /** Who is told that a device came or went. */
  @FunctionalInterface
  public interface Listener {

    /** Called on the connection's own thread: to be short. */
    void heard(String community, String device, boolean online);
  }

  private final Map<String, State> states = new ConcurrentHashMap<>();
  private volatile Listener listener = (community, device, online) -> {};

  /** Who is told what is heard from now on. */
  public void onHeard(Listener next) {
    listener = next;
  }

  /** What a device said last. */
  public State of(String community, String device) {
    return states.getOrDefault(key(community, device), State.UNKNOWN);
  }

  void heard(String community, String device, boolean online) {
    states.put(key(community, device), online ? State.ONLINE : State.OFFLINE);
    listener.heard(community, device, online);
  }

  /** Our own connection is gone, and with it the right to say anything. */
  void forget() {
    states.clear();
  }

  private static String key(String community, String device) {
    return community + '/' + device;
  }
}
