package gatehouse.ingest;

import java.util.LinkedHashMap;
import java.util.Map;

/** The devices that were heard last; a bounded number. */
final class Senders {

  /** More than a city has. */
  private static final int MOST = 200_000;

  private final Limits limits;

  private final Map<DeviceId, Sender> heard =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceId, Sender> eldest) {
          return size() > MOST;
        }
      };

  Senders(Limits limits) {
    this.limits = limits;
  }

  synchronized Sender of(DeviceId id) {
    return heard.computeIfAbsent(id, unknown -> new Sender(limits, System.nanoTime()));
  }
}
