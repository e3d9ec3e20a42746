package gatehouse.model;

import gatehouse.fact.DerivedFact;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Somebody of a household was let in: who lives there, and how many visitors it expects. A later
 * one for the same use corrects it.
 *
 * @param community its community
 * @param time when that was known
 * @param use id of the event that let somebody in
 * @param place where
 * @param members person ids of those who live in the unit at that time
 * @param passes visitor's passes of the unit that hold at that time
 * @param revision how much the registry had said of the unit; tells apart what became known at once
 */
public record HouseholdEntry(
    String community,
    Instant time,
    String use,
    String place,
    List<String> members,
    int passes,
    int revision)
    implements DerivedFact {

  @Override
  public String id() {
    return String.format(Locale.ROOT, "%s/%s/%04d", place, use, revision);
  }
}
