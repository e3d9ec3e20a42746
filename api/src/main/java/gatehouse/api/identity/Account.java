package gatehouse.api.identity;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.store.Scope;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking.
 *
 * @param communities ids of the communities the account may look into; {@code *} for all
 */
public record Account(
    UUID id,
    String username,
    String displayName,
    Role role,
    Duty duty,
    String locale,
    List<String> communities) {

  /** What the database shows this account. */
  public Scope scope() {
    return Scope.of(communities, role.name(), id.toString()).on(duty.name());
  }

  /** Whether the account is charged with this or with more. */
  public boolean may(Duty least) {
    return duty.includes(least);
  }

  /**
   * Refuses what takes more than the account is charged with.
   *
   * @throws Refusal 403
   */
  public void require(Duty least) {
    if (!may(least)) {
      throw Refusal.notAllowed();
    }
  }

  /**
   * The same for the property alone: other roles that may come here may do so whatever they are
   * charged with.
   *
   * @throws Refusal 403
   */
  public void requireAtProperty(Duty least) {
    if (role == Role.PROPERTY) {
      require(least);
    }
  }

  /**
   * The community of an address, if the account may look into it; others are as good as absent.
   *
   * @throws Refusal if it is none of the account's
   */
  public String seen(String community) {
    if (Inputs.id("community", community) == null || !sees(community)) {
      throw Refusal.notFound();
    }
    return community;
  }

  /** The only community that the account may look into; null if there are several, or all. */
  public @Nullable String onlyCommunity() {
    return communities.size() == 1 && !communities.contains(Scope.EVERYWHERE)
        ? communities.get(0)
        : null;
  }

  /** Whether the account may look into the community. */
  public boolean sees(String community) {
    return communities.contains(Scope.EVERYWHERE) || communities.contains(community);
  }
}
