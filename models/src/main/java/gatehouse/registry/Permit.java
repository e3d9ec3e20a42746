package gatehouse.registry;

import java.util.List;

/**
 * A permit: a release of goods (物品放行), work, moving house.
 *
 * @param permit its id
 * @param kind what it permits
 * @param subjects tags, plates or credentials it concerns
 * @param places ids of the places it concerns; empty: all
 */
public record Permit(
    Entry entry, String permit, String kind, List<String> subjects, List<String> places)
    implements RegistryFact {

  @Override
  public String thing() {
    return permit;
  }
}
