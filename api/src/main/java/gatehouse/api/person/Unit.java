package gatehouse.api.person;

import gatehouse.api.http.EntityTag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit (房屋) of a community: what residencies, leases and vehicles name.
 *
 * @param version counted from 1
 * @param building id of the building; empty: none
 * @param floor null if it is not known
 */
record Unit(
    String community,
    String unit,
    int version,
    Instant recordedAt,
    String building,
    @Nullable Integer floor,
    Purpose purpose) {

  /** What it is for. */
  enum Purpose {
    HOME,
    SHOP,
    OFFICE,
    PLANT
  }

  /** As an entity tag. */
  String etag() {
    return EntityTag.of(version);
  }
}
