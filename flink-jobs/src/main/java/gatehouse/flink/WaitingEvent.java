package gatehouse.flink;

import gatehouse.event.DeviceEvent;

/**
 * An event that waits for its place.
 *
 * @param event the event, its place not completed
 * @param shownOnArrival whether the models that do not wait for event time have it already
 */
record WaitingEvent(DeviceEvent event, boolean shownOnArrival) {}
