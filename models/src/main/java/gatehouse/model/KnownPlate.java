package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.registry.Vehicle;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a community knows of a plate that belongs to it, or was seen lately.
 *
 * @param plate canonical plate
 * @param vehicles what is registered of it here, in the order of recording
 * @param colour registered colour, else the one seen last; empty if unknown
 * @param type registered type, else the one seen last; empty if unknown
 * @param brand the one seen last, for registries name brands in their own way; empty if unknown
 * @param lastSeen when it was last read; null if never
 * @param gates how often it passes each gate, by place id
 * @param lastWay which way it last passed the border of the site; UNKNOWN if it never did
 * @param lastWayAt when that was; null if it never did
 */
public record KnownPlate(
    String plate,
    List<Vehicle> vehicles,
    String colour,
    String type,
    String brand,
    @Nullable Instant lastSeen,
    Map<String, Passes> gates,
    Direction lastWay,
    @Nullable Instant lastWayAt) {

  private static final int VERSIONS = 4;
  private static final double LN2 = Math.log(2);

  /**
   * Passes of one gate, faded.
   *
   * @param count faded count
   * @param at when it was counted last
   */
  public record Passes(double count, Instant at) {

    private double faded(Instant now, Duration halfLife) {
      double halves = Duration.between(at, now).toMillis() / (double) halfLife.toMillis();
      return count * Math.pow(0.5, Math.max(0, halves));
    }
  }

  static KnownPlate of(Vehicle vehicle, @Nullable KnownPlate before) {
    return new KnownPlate(
        vehicle.plate(),
        Validity.with(before == null ? List.of() : before.vehicles(), vehicle, VERSIONS),
        vehicle.colour(),
        vehicle.type(),
        before == null ? "" : before.brand(),
        before == null ? null : before.lastSeen(),
        before == null ? Map.of() : before.gates(),
        before == null ? Direction.UNKNOWN : before.lastWay(),
        before == null ? null : before.lastWayAt());
  }

  static KnownPlate of(PlateRead read, @Nullable KnownPlate before, Duration halfLife) {
    // What is registered tells the vehicle better than what a camera makes of it.
    KnownPlate registry = before == null || before.vehicles().isEmpty() ? null : before;
    Map<String, Passes> gates = new HashMap<>(before == null ? Map.of() : before.gates());
    Passes passes = gates.get(read.place().id());
    double count = passes == null ? 0 : passes.faded(read.time(), halfLife);
    gates.put(read.place().id(), new Passes(count + 1, read.time()));
    boolean passed = read.direction() != Direction.UNKNOWN && SiteBorder.at(read.place());
    return new KnownPlate(
        read.plate(),
        registry == null ? List.of() : registry.vehicles(),
        registry == null ? read.vehicleColour() : registry.colour(),
        registry == null ? read.vehicleType() : registry.type(),
        before == null || !read.brand().isEmpty() ? read.brand() : before.brand(),
        read.time(),
        Map.copyOf(gates),
        passed ? read.direction() : before == null ? Direction.UNKNOWN : before.lastWay(),
        passed ? read.time() : before == null ? null : before.lastWayAt());
  }

  boolean registeredAt(Instant time) {
    return Validity.at(vehicles, time) != null;
  }

  /** As what it is registered here at the time; null if it is not. */
  @Nullable String registeredAs(Instant time) {
    Vehicle vehicle = Validity.at(vehicles, time);
    return vehicle == null ? null : vehicle.subjectType();
  }

  /** How often it was read here, faded. */
  double passes(Instant now, Duration halfLife) {
    // In a fixed order: sums of fractions depend on it.
    return gates.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .mapToDouble(gate -> gate.getValue().faded(now, halfLife))
        .sum();
  }

  /** Whether it still has to be known: registered, or seen since then. */
  boolean matters(Instant now, Instant since) {
    return registeredAt(now) || (lastSeen != null && lastSeen.isAfter(since));
  }

  /**
   * Probability that it passes the gate in a window of time. A faded count stands for a rate of
   * count times ln 2 per half-life.
   *
   * @return 0 if it has no business at this gate
   */
  double passing(String gate, Instant now, Duration window, Duration halfLife, double floor) {
    Passes passes = gates.get(gate);
    if (passes == null) {
      return registeredAt(now) ? floor : 0;
    }
    double windows = halfLife.toMillis() / (double) window.toMillis();
    return Math.min(1, Math.max(floor, passes.faded(now, halfLife) * LN2 / windows));
  }
}
