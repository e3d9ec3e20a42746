package gatehouse.site;

import java.time.Instant;

/**
 * A building of a community.
 *
 * @param id unique in the community
 * @param time since when this is known
 * @param name shown to people
 * @param floors number of floors
 */
public record Building(String id, String community, Instant time, String name, int floors)
    implements SiteFact {}
