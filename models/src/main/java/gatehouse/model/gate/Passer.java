package gatehouse.model.gate;

import gatehouse.alert.Evidence;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who passed a gate, not inwards.
 *
 * @param means by what they can be told: person, credential, unit, plate, each with its kind before
 *     a colon
 * @param stranger whether a good picture showed nobody registered
 * @param event the event
 */
public record Passer(List<String> means, boolean stranger, Evidence event) {

  /** What tells a person. */
  public static String person(String id) {
    return "person:" + id;
  }

  /** What tells a credential. */
  public static String credential(String id) {
    return "credential:" + id;
  }

  /** What tells a unit. */
  public static String unit(String id) {
    return "unit:" + id;
  }

  /** What tells a vehicle. */
  public static String plate(String canonical) {
    return "plate:" + canonical;
  }

  /** Who passed by this event; null: nobody, or inwards. */
  public static @Nullable Passer of(DeviceEvent event, double minQuality) {
    List<String> means = new ArrayList<>();
    boolean stranger = false;
    if (event instanceof AccessEvent access) {
      if (!access.passed() || access.direction() == Direction.IN) {
        return null;
      }
      if (access.person() != null) {
        means.add(person(access.person()));
      }
      if (access.unit() != null) {
        means.add(unit(access.unit()));
      }
      if (!access.credential().isEmpty()) {
        means.add(credential(access.credential()));
      }
    } else if (event instanceof FaceCapture face) {
      if (face.direction() == Direction.IN) {
        return null;
      }
      if (face.person() != null) {
        means.add(person(face.person()));
      }
      stranger =
          face.person() == null && face.localSubject() != null && face.quality() >= minQuality;
    } else if (event instanceof PlateRead read) {
      if (read.direction() == Direction.IN || read.plate().isEmpty()) {
        return null;
      }
      means.add(plate(read.plate()));
      read.occupants().forEach(occupant -> means.add(person(occupant)));
    } else {
      return null;
    }
    return new Passer(List.copyOf(means), stranger, Evidence.of(event, "passer"));
  }

  /** Whether one of these tells who it was. */
  public boolean isOneOf(Iterable<String> known) {
    for (String each : known) {
      if (means.contains(each)) {
        return true;
      }
    }
    return false;
  }
}
