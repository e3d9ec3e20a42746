package gatehouse.labelled.people;

/**
 * Somebody who works here: property office, plant room, cleaning.
 *
 * @param id person id
 * @param card work credential
 * @param duty what they do
 * @param night whether they work at night
 */
public record Worker(String id, String card, Duty duty, boolean night) {

  /** What people work at. */
  public enum Duty {
    PLANT,
    OFFICE,
    CLEANING,
    GUARD
  }
}
