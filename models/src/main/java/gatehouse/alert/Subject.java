package gatehouse.alert;

/**
 * Somebody or something an alert is about.
 *
 * @param type credential, plate, person, door, tag, device
 * @param id its id
 * @param role its part in the alert, e.g. holder, victim, door
 */
public record Subject(String type, String id, String role) {}
