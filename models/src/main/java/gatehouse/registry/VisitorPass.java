package gatehouse.registry;

import java.util.List;

/**
 * A visitor's pass (访客通行).
 *
 * @param pass its id; also the credential id in access events
 * @param host person id of the host
 * @param unit the unit visited
 * @param places ids of the places it opens; empty: all
 * @param uses how many times it may be used; 0: no limit
 */
public record VisitorPass(
    Entry entry, String pass, String host, String unit, List<String> places, int uses)
    implements RegistryFact {

  @Override
  public String thing() {
    return pass;
  }
}
