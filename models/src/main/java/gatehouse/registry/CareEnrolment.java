package gatehouse.registry;

import java.util.List;

/**
 * An elder who is enrolled for care (老年人爱心关注), with consent.
 *
 * @param person the elder's person id
 * @param unit where the elder lives
 * @param livesAlone whether nobody else lives there
 * @param nightExit whether the guardian asked to be told of leaving at night
 * @param away whether the family said that the elder is away
 * @param sensors ids of the places of the sensors in the home whose use was consented to; empty:
 *     none
 * @param contacts person ids of those whom the elder named to be asked, the first one first
 */
public record CareEnrolment(
    Entry entry,
    String person,
    String unit,
    boolean livesAlone,
    boolean nightExit,
    boolean away,
    List<String> sensors,
    List<String> contacts)
    implements RegistryFact {

  @Override
  public String thing() {
    return person;
  }


  /** An enrolment that names no contacts. */
  public CareEnrolment(
      Entry entry,
      String person,
      String unit,
      boolean livesAlone,
      boolean nightExit,
      boolean away,
      List<String> sensors) {
    this(entry, person, unit, livesAlone, nightExit, away, sensors, List.of());
  }
}
