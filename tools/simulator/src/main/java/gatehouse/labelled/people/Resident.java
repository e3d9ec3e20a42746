package gatehouse.labelled.people;

import gatehouse.registry.Residency;
import java.time.Duration;

/**
 * Somebody who lives here.
 *
 * @param id person id, unique in the city
 * @param home where
 * @param way how their days go
 * @param role as what they are registered
 * @param card id of their own card
 * @param outAt when they usually leave, after midnight
 * @param backAt when they usually return, after midnight
 * @param spread standard deviation of both from day to day
 * @param drives whether the household's car is theirs to take
 * @param rides whether the household's e-bike is theirs to take
 * @param registered whether the registry knows them
 */
public record Resident(
    String id,
    Home home,
    Way way,
    Residency.Role role,
    String card,
    Duration outAt,
    Duration backAt,
    Duration spread,
    boolean drives,
    boolean rides,
    boolean registered) {

  /** How somebody's days go. */
  public enum Way {
    WORKER,
    SHIFT_WORKER,
    STUDENT,
    HOMEMAKER,
    RETIRED,
    ELDER
  }
}
