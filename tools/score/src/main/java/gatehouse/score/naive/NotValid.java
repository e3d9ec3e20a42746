package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.registry.Lease;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.VisitorPass;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The books, as they stand at that moment, know a right of the credential, but none that holds. */
final class NotValid implements NaiveRule {

  @Override
  public String model() {
    return "stale-grant";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Map<String, RegistryFact>> rights = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof Credential credential) {
        put(rights, credential, credential.credential(), "credential");
      } else if (fact instanceof VisitorPass pass) {
        put(rights, pass, pass.pass(), "pass");
      } else if (fact instanceof Lease lease) {
        lease.credentials().forEach(credential -> put(rights, lease, credential, "lease"));
      } else if (fact instanceof AccessEvent access) {
        boolean stale =
            rights
                .getOrDefault(access.community() + '/' + access.credential(), Map.of())
                .values()
                .stream()
                .map(RegistryFact::entry)
                .anyMatch(entry -> !holds(entry, access));
        if (stale) {
          found.add(
              Detection.moment(
                  model(),
                  access.community(),
                  Set.of(access.credential(), access.place().id()),
                  access.time()));
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean holds(Entry entry, AccessEvent access) {
    return entry.validAt(access.time());
  }

  /** The last version that was written down is the one that counts. */
  private static void put(
      Map<String, Map<String, RegistryFact>> rights,
      RegistryFact right,
      String credential,
      String kind) {
    rights
        .computeIfAbsent(right.community() + '/' + credential, key -> new HashMap<>())
        .put(kind, right);
  }
}
