package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.fact.DerivedFact;
import java.time.Instant;

/**
 * A door was opened by force, as door-forced concluded.
 *
 * @param community its community
 * @param place the door
 * @param time when that was concluded
 * @param contact the contact that opened
 */
public record ForcedOpening(String community, String place, Instant time, Evidence contact)
    implements DerivedFact {

  @Override
  public String id() {
    return place + '/' + contact.eventId();
  }
}
