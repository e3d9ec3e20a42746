package gatehouse.arrival;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One timer a key, in milliseconds of event time. */
final class Timers {

  private final Map<String, Long> set = new HashMap<>();
  private final TreeMap<Long, TreeSet<String>> due = new TreeMap<>();

  /** Sets a key's timer, or takes it away. */
  void set(String key, @Nullable Long at) {
    Long before = at == null ? set.remove(key) : set.put(key, at);
    if (before != null) {
      due.computeIfPresent(
          before,
          (time, keys) -> {
            keys.remove(key);
            return keys.isEmpty() ? null : keys;
          });
    }
    if (at != null) {
      due.computeIfAbsent(at, time -> new TreeSet<>()).add(key);
    }
  }

  /** Takes the keys whose time has come, in the order of their times. */
  List<String> take(long watermark) {
    List<String> keys = new ArrayList<>();
    while (!due.isEmpty() && due.firstKey() <= watermark) {
      due.pollFirstEntry().getValue().forEach(keys::add);
    }
    keys.forEach(set::remove);
    return keys;
  }
}
