package gatehouse.site;

import java.time.Instant;

/**
 * A place as it is from a moment on.
 *
 * @param community the community
 * @param time when it became known
 * @param validFrom from when it holds
 * @param place the place
 */
public record PlaceEntry(String community, Instant time, Instant validFrom, Place place)
    implements SiteFact {

  @Override
  public String id() {
    return place.id();
  }
}
