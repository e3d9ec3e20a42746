package gatehouse.model;

import gatehouse.event.TagRead;
import gatehouse.fact.DerivedFact;
import java.time.Instant;

/**
 * A tag was read in a lift, and what it is on.
 *
 * @param read the reading
 * @param eBike whether the tag is on an e-bike, by all that is known at {@code time}
 * @param time when this was known
 */
public record TaggedRide(TagRead read, boolean eBike, Instant time) implements DerivedFact {

  @Override
  public String id() {
    return read.id() + '/' + eBike;
  }

  @Override
  public String community() {
    return read.community();
  }
}
