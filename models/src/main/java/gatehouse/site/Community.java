package gatehouse.site;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A residential community (小区), or any site with doors and gates.
 *
 * @param community its id
 * @param time since when this is known
 * @param name shown to people
 * @param communityClass for settings, e.g. high-rise, village; empty if none
 * @param district police district, empty if none
 * @param timeZone IANA zone
 * @param position where it is, if known
 */
public record Community(
    String community,
    Instant time,
    String name,
    String communityClass,
    String district,
    String timeZone,
    @Nullable Position position)
    implements SiteFact {

  @Override
  public String id() {
    return community;
  }
}
