package gatehouse.model.gate;

import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.event.Direction;
import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import java.time.Instant;
import java.util.List;

/**
 * A tagged object, or at night a person, passed a gate; and who passed with it as far as is known.
 *
 * @param subject the object's tag or the person
 * @param kind which of the two
 * @param direction which way
 * @param event the read or picture
 * @param community its community
 * @param place the gate
 * @param time when this is known
 * @param complete whether nobody else can belong to it any more
 * @param company who passed there around that time, oldest first
 * @param watch whether everybody who passed was seen
 * @param coverage how sure that is
 */
public record Departure(
    String subject,
    Kind kind,
    Direction direction,
    Evidence event,
    String community,
    Place place,
    Instant time,
    boolean complete,
    List<Passer> company,
    Watch watch,
    Coverage coverage)
    implements DerivedFact {

  /** What passed. */
  public enum Kind {
    TAG,
    PERSON
  }

  /** Whether everybody who passed was seen. */
  public enum Watch {
    ALL,
    /** Some device was blind: unknown. */
    BLIND,
    /** No device at this gate has seen anybody for long: it has none that could. */
    NOBODY_LOOKS
  }

  @Override
  public String id() {
    return event.device() + '/' + event.eventId() + '/' + kind + '/' + complete;
  }
}
