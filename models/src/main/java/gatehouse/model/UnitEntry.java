package gatehouse.model;

import gatehouse.fact.DerivedFact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential was let in: whose it is and which unit it belongs to, as the device or the registry
 * says.
 *
 * @param community its community
 * @param time when it was used
 * @param use id of the event
 * @param place where
 * @param person the holder, if known
 * @param unit the unit, if known
 */
public record UnitEntry(
    String community,
    Instant time,
    String use,
    String place,
    @Nullable String person,
    @Nullable String unit)
    implements DerivedFact {

  @Override
  public String id() {
    return place + '/' + use;
  }
}
