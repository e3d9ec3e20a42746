package gatehouse.replay.mapping;

import gatehouse.event.DeviceEvent;

/**
 * An event of a log.
 *
 * @param line line of the file on which its row begins
 * @param event the event; of its place only the id is known
 */
public record LoggedEvent(int line, DeviceEvent event) {}
