package gatehouse.api.store;

import java.util.Collection;

/**
 * For whom a transaction is. The database's row-level security shows it nothing else.
 *
 * @param communities ids of the communities, comma-separated; {@code *} for all, empty for none
 * @param role POLICE, PROPERTY, RESIDENT, OPERATIONS, or a part of the API that acts on its own
 * @param account the account's id; empty if it is nobody's
 */
public record Scope(String communities, String role, String account) {

  /** Every community. */
  public static final String EVERYWHERE = "*";

  /** Nobody yet: a log-in in progress. */
  public static final Scope NOBODY = new Scope("", "", "");

  /** For an account. */
  public static Scope of(Collection<String> communities, String role, String account) {
    return new Scope(
        communities.contains(EVERYWHERE) ? EVERYWHERE : String.join(",", communities),
        role,
        account);
  }
}
