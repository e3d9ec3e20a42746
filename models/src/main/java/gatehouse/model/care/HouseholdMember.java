package gatehouse.model.care;

import gatehouse.fact.DerivedFact;
import gatehouse.registry.Residency;
import java.time.Instant;

/**
 * Somebody lives with an enrolled elder, or cares for them at home.
 *
 * @param elder the elder's person id
 * @param residency of the other person
 * @param time when both were known
 */
public record HouseholdMember(String elder, Residency residency, Instant time)
    implements DerivedFact {

  @Override
  public String id() {
    return residency.id() + '/' + elder;
  }

  @Override
  public String community() {
    return residency.community();
  }
}
