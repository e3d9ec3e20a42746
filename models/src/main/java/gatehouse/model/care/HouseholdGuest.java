package gatehouse.model.care;

import gatehouse.fact.DerivedFact;
import gatehouse.registry.VisitorPass;
import java.time.Instant;

/**
 * Somebody visits the home of an enrolled elder by a pass.
 *
 * @param elder the elder's person id
 * @param pass of the guest
 * @param time when both were known
 */
public record HouseholdGuest(String elder, VisitorPass pass, Instant time) implements DerivedFact {

  @Override
  public String id() {
    return pass.id() + '/' + elder;
  }

  @Override
  public String community() {
    return pass.community();
  }
}
