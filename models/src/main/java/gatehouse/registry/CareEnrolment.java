package gatehouse.registry;

/**
 * An elder who is enrolled for care (老年人爱心关注), with consent.
 *
 * @param person the elder's person id
 * @param unit where the elder lives
 * @param livesAlone whether nobody else lives there
 * @param nightExit whether the guardian asked to be told of leaving at night
 * @param away whether the family said that the elder is away
 */
public record CareEnrolment(
    Entry entry, String person, String unit, boolean livesAlone, boolean nightExit, boolean away)
    implements RegistryFact {}
