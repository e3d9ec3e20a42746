package gatehouse.model;

import gatehouse.event.PlateRead;
import gatehouse.fact.DerivedFact;
import java.time.Instant;

/**
 * A plate read together with how likely it is a misread neighbour.
 *
 * @param read the read
 * @param misreadLikelihood probability that this very read arises from another plate of the
 *     community's neighbourhood, 0..1
 * @param alternative the likeliest other plate, empty if none
 */
public record PlateReadInContext(PlateRead read, double misreadLikelihood, String alternative)
    implements DerivedFact {

  @Override
  public String id() {
    return read.id();
  }

  @Override
  public String community() {
    return read.community();
  }

  @Override
  public Instant time() {
    return read.time();
  }
}
