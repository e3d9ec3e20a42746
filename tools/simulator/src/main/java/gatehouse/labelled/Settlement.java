package gatehouse.labelled;

import gatehouse.labelled.estate.Estate;
import gatehouse.labelled.people.PlateMaker;
import gatehouse.labelled.people.Population;

/**
 * A community: its ground and its people.
 *
 * @param estate the ground
 * @param population the people
 * @param plates makes vehicles that nobody here owns
 */
public record Settlement(Estate estate, Population population, PlateMaker plates) {

  /** Its id. */
  public String id() {
    return estate.community();
  }
}
