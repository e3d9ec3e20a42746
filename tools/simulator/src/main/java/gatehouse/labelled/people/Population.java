package gatehouse.labelled.people;

import java.util.List;

/**
 * Everybody of a community.
 *
 * @param households who lives here
 * @param workers who works here
 * @param elders who is enrolled for care
 */
public record Population(List<Household> households, List<Worker> workers, List<Elder> elders) {

  /** All residents. */
  public List<Resident> residents() {
    return households.stream().flatMap(household -> household.members().stream()).toList();
  }

  /** Those of this duty. */
  public List<Worker> at(Worker.Duty duty) {
    return workers.stream().filter(worker -> worker.duty() == duty).toList();
  }
}
