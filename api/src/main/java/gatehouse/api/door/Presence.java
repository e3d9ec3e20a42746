package gatehouse.api.door;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Which devices say that they are connected, as the broker tells us. */
@Component
final class Presence {

  /** What is known of a device's connection. */
  enum State {
    ONLINE,
    OFFLINE,
    /** It never said anything, or we are not connected ourselves. */
    UNKNOWN
  }

  private final Map<String, State> states = new ConcurrentHashMap<>();

  State of(String community, String device) {
    return states.getOrDefault(key(community, device), State.UNKNOWN);
  }

  void heard(String community, String device, boolean online) {
    states.put(key(community, device), online ? State.ONLINE : State.OFFLINE);
  }

  /** Our own connection is gone, and with it the right to say anything. */
  void forget() {
    states.clear();
  }

  private static String key(String community, String device) {
    return community + '/' + device;
  }
}
