package gatehouse.model.tailgate;

import gatehouse.alert.Evidence;

/**
 * A camera saw somebody pass inward.
 *
 * @param seen the event
 * @param track the camera's id of the track
 * @param count how many passed
 * @param confidence of the camera, 0..1
 */
public record Crossing(Evidence seen, String track, int count, double confidence) {}
