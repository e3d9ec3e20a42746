package gatehouse.model.gate;

import gatehouse.alert.Evidence;
import gatehouse.fact.DerivedFact;
import java.time.Instant;

/**
 * Somebody who belongs to a tagged object passed a door or gate, with it or without.
 *
 * @param tag the object's tag
 * @param person who
 * @param outside whether they are off the site after that
 * @param event the event
 * @param community the community
 * @param time when
 */
public record MemberSeen(
    String tag, String person, boolean outside, Evidence event, String community, Instant time)
    implements DerivedFact {

  @Override
  public String id() {
    return tag + '/' + event.device() + '/' + event.eventId();
  }
}
