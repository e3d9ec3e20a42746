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
 */
public record CareEnrolment(
    Entry entry,
    String person,
    String unit,
    boolean livesAlone,
    boolean nightExit,
    boolean away,
    List<String> sensors)
    implements RegistryFact {}
