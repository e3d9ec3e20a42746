package gatehouse.model.flow;

import gatehouse.alert.Coverage;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.model.DeviceHealth;
import gatehouse.model.door.DeviceWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the devices that count here saw everything. Devices that never counted anything do not
 * matter.
 *
 * @param watch what they say of themselves
 * @param unseeing those of which device-health says that they miss something
 * @param missedUntil the end of the last time in which one of them did
 */
public record Sight(DeviceWatch watch, List<String> unseeing, @Nullable Instant missedUntil) {

  /** No device counted anything yet. */
  public static final Sight NONE = new Sight(DeviceWatch.NONE, List.of(), null);

  /** The same after a device counted. */
  public Sight counted(DeviceEvent event) {
    return new Sight(watch.after(event), unseeing, missedUntil);
  }

  /** The same after a device reported on itself. */
  public Sight after(DeviceStatus status) {
    return knows(status.device()) ? new Sight(watch.after(status), unseeing, missedUntil) : this;
  }

  /** The same after word of a device's health. */
  public Sight after(DeviceHealth word) {
    boolean missed = unseeing.contains(word.device());
    if (!knows(word.device()) || missed != word.sees()) {
      return this;
    }
    List<String> next = new ArrayList<>(unseeing);
    if (missed) {
      next.remove(word.device());
      return new Sight(watch, List.copyOf(next), word.time());
    }
    next.add(word.device());
    return new Sight(watch, List.copyOf(next), missedUntil);
  }

  /** Whether all of them saw everything since then. */
  public boolean complete(Instant since) {
    return unseeing.isEmpty()
        && (missedUntil == null || !missedUntil.isAfter(since))
        && watch.allSawSince(since);
  }

  /** How sure that is; {@code valid}: how long a device's word that it is well counts. */
  public Coverage coverage(Instant now, Duration valid) {
    return watch.coverage(now, valid);
  }

  private boolean knows(String device) {
    return watch.devices().stream().anyMatch(known -> known.device().equals(device));
  }
}
