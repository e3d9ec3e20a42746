package gatehouse.model.care;

import gatehouse.fact.DerivedFact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a device that sees an enrolled elder saw everything.
 *
 * @param elder the elder's person id
 * @param community the community
 * @param time from when this holds
 * @param place where the device stands
 * @param device the device
 * @param sees whether it sees now
 * @param blindUntil the end of its last blind time; null: none known
 * @param confirmed whether somebody vouches for it: itself, or device-health
 */
public record SensorSight(
    String elder,
    String community,
    Instant time,
    String place,
    String device,
    boolean sees,
    @Nullable Instant blindUntil,
    boolean confirmed)
    implements DerivedFact {

  @Override
  public String id() {
    return device + '/' + elder + '/' + time + '/' + sees + '/' + confirmed;
  }
}
