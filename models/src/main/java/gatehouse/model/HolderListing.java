package gatehouse.model;

import gatehouse.fact.DerivedFact;
import gatehouse.registry.ListMembership;
import java.time.Instant;

/**
 * The holder of a credential is on a list; so the credential is.
 *
 * @param membership the holder's membership
 * @param credential the credential
 * @param time when both were known
 */
public record HolderListing(ListMembership membership, String credential, Instant time)
    implements DerivedFact {

  @Override
  public String id() {
    return membership.id() + '/' + credential;
  }

  @Override
  public String community() {
    return membership.community();
  }
}
