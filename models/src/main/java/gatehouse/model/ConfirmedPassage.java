package gatehouse.model;

import gatehouse.event.AccessEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import java.time.Instant;

/**
 * A use of a credential after which the door really opened.
 *
 * @param use the use
 * @param time when the door opened; the use's own time if it stood open
 */
public record ConfirmedPassage(AccessEvent use, Instant time) implements DerivedFact {

  @Override
  public String id() {
    return use.id();
  }

  @Override
  public String community() {
    return use.community();
  }

  @Override
  public Place settingsPlace() {
    return use.place();
  }
}
