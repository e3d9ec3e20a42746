package gatehouse.api.resident;

import gatehouse.registry.Residency;

/**
 * A unit that the caller belongs to.
 *
 * @param person who the caller is there
 * @param role in which role
 */
record Home(String community, String unit, String person, Residency.Role role) {}
