package gatehouse.api.notification;

import gatehouse.alert.Severity;
import java.util.List;
import java.util.Set;

/**
 * While one alert stands, what follows from it is not told as well (抑制).
 *
 * @param source the model whose open alert holds others back
 * @param mildest the source counts from this severity on
 * @param held the models that are held back
 * @param reach where they are held back
 */
record Inhibition(String source, Severity mildest, Set<String> held, Reach reach) {

  /** What the two alerts must share. */
  enum Reach {
    /** The place, or a device: the source's subject is among the devices of the evidence. */
    DEVICE,
    /** The place. */
    PLACE,
    /** The community. */
    COMMUNITY
  }

  static final List<Inhibition> ALL =
      List.of(
          // What a broken device says of its door is not worth a walk; the device is.
          new Inhibition(
              "device-health",
              Severity.P4,
              Set.of("door-held-open", "door-not-relocked"),
              Reach.DEVICE),
          // A door that was forced also stands open and is not locked.
          new Inhibition(
              "door-forced",
              Severity.P4,
              Set.of("door-held-open", "door-not-relocked"),
              Reach.PLACE),
          // A fire alarm releases the doors, and everybody leaves at once.
          new Inhibition(
              "fire-anomaly",
              Severity.P1,
              Set.of("door-held-open", "door-not-relocked", "tailgating", "flow-anomaly"),
              Reach.COMMUNITY));

  /** Those that may hold back an alert of this model. */
  static List<Inhibition> of(String model) {
    return ALL.stream().filter(one -> one.held().contains(model)).toList();
  }
}
