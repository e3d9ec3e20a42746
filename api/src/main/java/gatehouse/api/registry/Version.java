package gatehouse.api.registry;

import gatehouse.fact.Fact;
import gatehouse.registry.RegistryFact;
import gatehouse.site.PlaceEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a fact is a version of, and when it holds. Facts of the site hold until the next one.
 *
 * @param id unique among the versions of its kind in its community
 * @param thing id of what it is a version of
 * @param validTo null: open end
 */
public record Version(String id, String thing, Instant validFrom, @Nullable Instant validTo) {

  /** The version that a fact is. */
  public static Version of(Fact fact) {
    if (fact instanceof RegistryFact entry) {
      return new Version(
          fact.id(), entry.thing(), entry.entry().validFrom(), entry.entry().validTo());
    }
    Instant from = fact instanceof PlaceEntry place ? place.validFrom() : fact.time();
    return new Version(fact.id() + "@" + fact.time(), fact.id(), from, null);
  }
}
