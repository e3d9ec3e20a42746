package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.fact.DerivedFact;
import java.time.Instant;
import java.util.List;

/**
 * Somebody of a unit passed a door of the garage.
 *
 * @param id the event's
 * @param community the community
 * @param time when
 * @param use the event
 * @param plates of the unit's vehicles
 */
public record UnitAtGarage(
    String id, String community, Instant time, Evidence use, List<String> plates)
    implements DerivedFact {}
