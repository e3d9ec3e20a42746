package gatehouse.labelled.observe;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.labelled.Dice;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.observe.Faults.Fault;
import gatehouse.labelled.observe.Faults.Kind;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** One device's clock, numbering and way to the broker. */
final class DeviceLine {

  private static final double UNSYNCHRONISED = 0.10;
  private static final double FREE_CLOCK_DEVIATION = 45;
  private static final double SYNCHRONISED_DEVIATION = 0.4;
  private static final double DRIFT_PER_DAY = 2;
  private static final double FURTHEST = 100;
  private static final double REPEATED = 0.01;

  /** What keeps its messages until the connection is back; cameras and readers do not. */
  private static final Set<String> KEEPS =
      Set.of(Instrument.TERMINAL, Instrument.POLE, Instrument.LIFT, Instrument.SENSOR);

  private static final Duration TRUSTED = Duration.ofSeconds(5);

  private final Instrument device;
  private final Faults faults;
  private final Dice dice;
  private final Instant since;
  private final boolean synchronised;
  private final double offset;
  private final double drift;
  private long sequence;

  DeviceLine(Instrument device, Faults faults, Instant since, Dice dice) {
    this.device = device;
    this.faults = faults;
    this.dice = dice;
    this.since = since;
    this.synchronised = !dice.chance(UNSYNCHRONISED);
    this.offset = dice.normal(0, synchronised ? SYNCHRONISED_DEVIATION : FREE_CLOCK_DEVIATION);
    this.drift = synchronised ? 0 : dice.between(-DRIFT_PER_DAY, DRIFT_PER_DAY);
  }

  /** Whether its clock follows the network's time. */
  boolean synchronised() {
    return synchronised;
  }

  /** How far its clock is ahead, in seconds. */
  double clock(Instant at) {
    double days = Duration.between(since, at).toMillis() / 86_400_000.0;
    double own = offset + drift * days;
    double bounded = Math.max(-FURTHEST, Math.min(FURTHEST, own));
    return bounded + faults.amount(device.name(), Kind.CLOCK_OFF, at);
  }

  /**
   * Sends what happened now; nothing arrives of it if the device is dead or the message is lost.
   */
  void send(Instant truth, Function<Origin, DeviceEvent> what, List<Delivery> out) {
    if (faults.holds(device.name(), Kind.DEAD, truth)) {
      return;
    }
    long number = sequence++;
    if (dice.chance(faults.amount(device.name(), Kind.LOSSY, truth))) {
      return;
    }
    Instant arrives = truth.plus(delay());
    boolean buffered = false;
    for (Fault fault : faults.of(device.name())) {
      if (fault.kind() == Kind.DISCONNECTED && fault.holds(truth)) {
        if (!KEEPS.contains(device.kind())) {
          return;
        }
        arrives = fault.to().plus(dice.seconds(5, 90));
        buffered = true;
      }
    }
    Delivery sent = new Delivery(what.apply(origin(truth, arrives, number, buffered)), truth);
    out.add(sent);
    if (dice.chance(REPEATED)) {
      Origin again = origin(truth, arrives.plus(dice.seconds(1, 30)), number, buffered);
      out.add(new Delivery(sent.event().withOrigin(again), truth));
    }
  }

  /** What the broker says of the device when its connection breaks. */
  Delivery lastWill(Instant truth, Function<Origin, DeviceEvent> what) {
    Origin origin = origin(truth, truth.plus(dice.seconds(5, 45)), -1, false);
    return new Delivery(what.apply(origin), truth);
  }

  private Duration delay() {
    return switch (dice.weighted(95.5, 4, 0.5)) {
      case 0 -> dice.seconds(0.03, 1.8);
      case 1 -> dice.seconds(2, 280);
      default -> dice.seconds(1800, 4 * 3600);
    };
  }

  private Origin origin(Instant truth, Instant arrives, long number, boolean buffered) {
    Instant time = truth.plusMillis(Math.round(clock(truth) * 1000));
    Duration apart = Duration.between(time, arrives);
    ClockQuality quality =
        buffered
            ? ClockQuality.BUFFERED
            : apart.abs().compareTo(TRUSTED) <= 0 ? ClockQuality.GOOD : ClockQuality.SKEWED;
    String boot = "b1";
    String id =
        number < 0
            ? device.id() + "-will-" + truth.toEpochMilli()
            : device.id() + '-' + boot + '-' + number;
    return new Origin(
        id,
        device.community(),
        device.id(),
        Place.of(device.place()),
        time,
        arrives,
        boot,
        number,
        buffered,
        quality);
  }
}
