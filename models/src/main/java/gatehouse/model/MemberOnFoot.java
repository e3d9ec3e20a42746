package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.fact.DerivedFact;
import java.time.Instant;
import java.util.List;

/**
 * Somebody of a unit that has vehicles passed a door or gate on foot.
 *
 * @param id the event's
 * @param community the community
 * @param time when
 * @param use the event
 * @param person who
 * @param outside whether they are off the site after that
 * @param plates of the unit's vehicles
 */
public record MemberOnFoot(
    String id,
    String community,
    Instant time,
    Evidence use,
    String person,
    boolean outside,
    List<String> plates)
    implements DerivedFact {}
