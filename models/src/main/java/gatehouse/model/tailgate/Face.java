package gatehouse.model.tailgate;

import gatehouse.alert.Evidence;

/**
 * A face at the door.
 *
 * @param seen the event
 * @param registered whether the device recognised a registered person
 * @param subject the person, or the device's short-lived id of a stranger
 */
public record Face(Evidence seen, boolean registered, String subject) {}
