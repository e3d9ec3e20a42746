package gatehouse.labelled.people;

/**
 * A home.
 *
 * @param unit its id, unique in the community
 * @param building its building
 * @param rented whether tenants live in it
 */
public record Home(String unit, String building, boolean rented) {}
