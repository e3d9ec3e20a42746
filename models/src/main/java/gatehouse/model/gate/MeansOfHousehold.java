package gatehouse.model.gate;

import gatehouse.fact.DerivedFact;
import java.time.Instant;
import java.util.List;

/**
 * By what a person who belongs to a tagged object can be told at a gate.
 *
 * @param tag the object's tag
 * @param person the person
 * @param means all known so far, as in {@link Passer#means}
 * @param cause id of what made it known
 * @param community the community
 * @param time when it became known
 */
public record MeansOfHousehold(
    String tag, String person, List<String> means, String cause, String community, Instant time)
    implements DerivedFact {

  @Override
  public String id() {
    return tag + '/' + person + '/' + cause;
  }
}
