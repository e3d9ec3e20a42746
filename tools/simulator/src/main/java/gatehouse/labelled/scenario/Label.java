package gatehouse.labelled.scenario;

import java.time.Instant;
import java.util.Set;

/**
 * The truth about something staged.
 *
 * @param id unique in the city
 * @param scenario which scenario
 * @param models ids of the models that should find it; for a decoy: that should not
 * @param tolerated ids of models that may find it as well
 * @param difficulty how hard it is
 * @param community where
 * @param subjects ids of who or what it is about: credentials, persons, plates, tags, devices
 * @param places ids of the places it happens at
 * @param start when it begins
 * @param detectableFrom from when there is enough to be found
 * @param end when it is over
 * @param decoy whether it only looks like something
 */
public record Label(
    String id,
    String scenario,
    Set<String> models,
    Set<String> tolerated,
    Difficulty difficulty,
    String community,
    Set<String> subjects,
    Set<String> places,
    Instant start,
    Instant detectableFrom,
    Instant end,
    boolean decoy) {

  /** Whether the model should find it. */
  public boolean wants(String model) {
    return !decoy && models.contains(model);
  }

  /** Whether it is no error if the model finds it. */
  public boolean tolerates(String model) {
    return !decoy && (models.contains(model) || tolerated.contains(model));
  }
}
