package gatehouse.labelled.people;

import java.util.List;

/**
 * A resident who is enrolled for care.
 *
 * @param resident who
 * @param alone whether nobody else lives there
 * @param sensors places of the sensors in the home; empty: only doors tell of life
 * @param nightExit whether the guardian asked to be told of leaving at night
 */
public record Elder(Resident resident, boolean alone, List<String> sensors, boolean nightExit) {}
