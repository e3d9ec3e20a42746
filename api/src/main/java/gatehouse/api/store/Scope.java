package gatehouse.api.store;

import java.util.Collection;
import java.util.UUID;

/**
 * For whom a transaction is. The database's row-level security shows it nothing else.
 *
 * @param communities ids of the communities, comma-separated; {@code *} for all, empty for none
 * @param role POLICE, PROPERTY, RESIDENT, OPERATIONS, or a part of the API that acts on its own
 * @param account the account's id; empty if it is nobody's
 * @param caseFile id of the case it acts in; empty for none. Personal look-ups of the police see
 *     what that case covers
 * @param duty what the account is charged with within the role; empty if it makes no difference
 */
public record Scope(String communities, String role, String account, String caseFile, String duty) {

  /** Outside any case, whatever the duty. */
  public Scope(String communities, String role, String account) {
    this(communities, role, account, "", "");
  }

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

  /** The same, acting in a case. */
  public Scope within(UUID caseFile) {
    return new Scope(communities, role, account, caseFile.toString(), duty);
  }

  /** The same, of somebody with this duty. */
  public Scope on(String charge) {
    return new Scope(communities, role, account, caseFile, charge);
  }
}
