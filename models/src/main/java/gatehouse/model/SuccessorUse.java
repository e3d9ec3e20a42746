package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.fact.DerivedFact;
import java.time.Instant;

/**
 * A credential was used that replaces another one; told to the one it replaces.
 *
 * @param community the community
 * @param predecessor the credential that was replaced
 * @param successor the credential that was used
 * @param use the use
 * @param time when both the use and the replacement were known
 */
public record SuccessorUse(
    String community, String predecessor, String successor, Evidence use, Instant time)
    implements DerivedFact {

  @Override
  public String id() {
    return use.eventId() + '/' + predecessor;
  }
}
