package gatehouse.model.tamper;

import gatehouse.alert.Evidence;
import gatehouse.event.DeviceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A device, as it reports on itself.
 *
 * @param device its id
 * @param serviced whether it is in maintenance
 * @param flags what is or was lately wrong, at most {@value #LIMIT}, oldest first
 */
public record Reporter(String device, boolean serviced, List<Flag> flags) {

  private static final int LIMIT = 8;

  /** A device with nothing wrong. */
  public static Reporter well(String device) {
    return new Reporter(device, false, List.of());
  }

  /** Whether there is nothing to remember of it. */
  public boolean unremarkable() {
    return !serviced && flags.isEmpty();
  }

  /**
   * The same after a report of its own. What the broker says when the connection is lost shows
   * nothing of its flags.
   *
   * @param full from which fill of its buffer on that is reported
   * @param emptied below which fill it is over
   */
  public Reporter after(DeviceStatus status, double full, double emptied) {
    if (status.state() == DeviceStatus.State.OFFLINE) {
      return this;
    }
    Set<String> active = new LinkedHashSet<>();
    status.tamper().forEach(word -> active.add(word.strip().toLowerCase(Locale.ROOT)));
    active.remove("");
    Double fill = status.bufferFill();
    boolean fullBefore = flags.stream().anyMatch(Reporter::isFullBuffer);
    if (fill == null ? fullBefore : fill >= (fullBefore ? emptied : full)) {
      active.add(Flag.BUFFER_FULL);
    }
    List<Flag> next = new ArrayList<>();
    for (Flag flag : flags) {
      if (active.remove(flag.word())) {
        next.add(flag.clearedAt(null));
      } else {
        Instant since = flag.clearedAt();
        next.add(flag.clearedAt(since == null ? status.time() : since));
      }
    }
    for (String word : active) {
      if (next.size() < LIMIT) {
        next.add(new Flag(word, Evidence.of(status, role(word)), false, null));
      }
    }
    boolean inMaintenance = status.state() == DeviceStatus.State.MAINTENANCE;
    return new Reporter(device, inMaintenance, List.copyOf(next));
  }

  /** The same with these flags. */
  public Reporter flags(List<Flag> other) {
    return new Reporter(device, serviced, List.copyOf(other));
  }

  private static boolean isFullBuffer(Flag flag) {
    return flag.word().equals(Flag.BUFFER_FULL) && flag.clearedAt() == null;
  }

  private static String role(String word) {
    return word.equals(Flag.BUFFER_FULL) ? "device-tamper.filled" : "device-tamper.reported";
  }
}
