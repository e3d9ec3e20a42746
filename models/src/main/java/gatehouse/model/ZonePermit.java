package gatehouse.model;

import gatehouse.fact.DerivedFact;
import gatehouse.registry.Permit;
import gatehouse.site.Zone;
import java.time.Instant;

/**
 * A permit that names a place also concerns the closed areas the place belongs to.
 *
 * @param permit the permit
 * @param zone the area
 * @param time when both were known
 */
public record ZonePermit(Permit permit, Zone zone, Instant time) implements DerivedFact {

  @Override
  public String id() {
    return permit.id() + '/' + zone.id();
  }

  @Override
  public String community() {
    return permit.community();
  }
}
