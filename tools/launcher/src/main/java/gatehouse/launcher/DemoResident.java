package gatehouse.launcher;

import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Residency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Who the demo account of a resident is: somebody who lives there and holds a card. */
final class DemoResident {

  private DemoResident() {}

  /** At most one, as {@code community:person}. */
  static List<String> persons(List<Fact> facts, String community) {
    Set<String> holders =
        facts.stream()
            .filter(Credential.class::isInstance)
            .map(Credential.class::cast)
            .filter(credential -> credential.community().equals(community))
            .filter(credential -> credential.status() == Credential.Status.ACTIVE)
            .map(Credential::holder)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return facts.stream()
        .filter(Residency.class::isInstance)
        .map(Residency.class::cast)
        .filter(residency -> residency.community().equals(community))
        .map(Residency::person)
        .filter(holders::contains)
        .limit(1)
        .map(person -> community + ":" + person)
        .toList();
  }
}
