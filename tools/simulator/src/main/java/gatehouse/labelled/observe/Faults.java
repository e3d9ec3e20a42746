package gatehouse.labelled.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with which device, and when; by chance or staged. */
public final class Faults {

  private final Map<String, List<Fault>> faults = new HashMap<>();

  /** What can be wrong with a device. */
  public enum Kind {
    /** It is dead: what happens is lost, and nobody says so. */
    DEAD,
    /** Its connection is lost, which the broker reports; a terminal keeps what it saw. */
    DISCONNECTED,
    /** A share of its messages is lost. */
    LOSSY,
    /** Its clock is off by so many seconds more. */
    CLOCK_OFF,
    /** Its pictures are worse by so much. */
    BLURRED
  }

  /**
   * A fault.
   *
   * @param amount share, seconds or loss of quality; see {@link Kind}
   */
  public record Fault(Kind kind, Instant from, Instant to, double amount) {

    boolean holds(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  /** Something goes wrong with a device. */
  public void add(String device, Fault fault) {
    faults.computeIfAbsent(device, key -> new ArrayList<>()).add(fault);
  }

  /** How much of this is wrong with the device at the time; 0: nothing. */
  double amount(String device, Kind kind, Instant at) {
    return of(device).stream()
        .filter(fault -> fault.kind() == kind && fault.holds(at))
        .mapToDouble(Fault::amount)
        .sum();
  }

  /** The faults of a device. */
  List<Fault> of(String device) {
    return faults.getOrDefault(device, List.of());
  }

  /** Whether a fault of this kind holds at the time. */
  boolean holds(String device, Kind kind, Instant at) {
    return of(device).stream().anyMatch(fault -> fault.kind() == kind && fault.holds(at));
  }
}
