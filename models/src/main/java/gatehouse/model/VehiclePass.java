package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.registry.Vehicle;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A vehicle as one read shows it.
 *
 * @param event the read
 * @param placeName where, as shown to people
 * @param colour of the vehicle, empty if not reported
 * @param type of the vehicle, empty if not reported
 * @param brand of the vehicle, empty if not reported
 * @param night whether it was dark
 * @param fault what is impossible about its plate; empty if nothing is
 * @param sound whether its plate is known to be possible
 */
public record VehiclePass(
    Evidence event,
    String placeName,
    String colour,
    String type,
    String brand,
    boolean night,
    String fault,
    boolean sound) {

  private static final Set<String> SMALL =
      Set.of("car", "sedan", "suv", "mpv", "hatchback", "coupe", "taxi", "small-car");
  private static final Set<String> LARGE =
      Set.of("truck", "heavy-truck", "lorry", "bus", "coach", "trailer", "tractor", "large-bus");
  private static final Set<String> TWO_WHEELED = Set.of("motorcycle", "motorbike", "moped");

  /** What can be compared, the most telling first. */
  enum Attribute {
    SIZE,
    FORMAT,
    COLOUR,
    BRAND
  }

  Instant time() {
    return event.time();
  }

  /** What was seen of it; empty if unknown. */
  String seen(Attribute attribute) {
    return switch (attribute) {
      case SIZE -> size(type);
      case FORMAT -> fault.isEmpty() && sound ? "sound" : fault;
      case COLOUR -> colour;
      case BRAND -> brand.toLowerCase(Locale.ROOT);
    };
  }

  /** What should have been seen; empty if unknown. */
  static String expected(Attribute attribute, Vehicle vehicle) {
    return switch (attribute) {
      case SIZE -> size(vehicle.type());
      case FORMAT -> "sound";
      case COLOUR -> vehicle.colour();
      case BRAND -> vehicle.brand().toLowerCase(Locale.ROOT);
    };
  }

  /** Whether a camera may take the one for the other. */
  boolean compatible(Attribute attribute, String seen, String expected) {
    return attribute == Attribute.COLOUR && VehicleColours.adjacent(seen, expected, night);
  }

  /** Large and small are told apart reliably; vans and pick-ups are neither. */
  private static String size(String type) {
    return SMALL.contains(type)
        ? "small"
        : LARGE.contains(type) ? "large" : TWO_WHEELED.contains(type) ? "two-wheeled" : "";
  }
}
