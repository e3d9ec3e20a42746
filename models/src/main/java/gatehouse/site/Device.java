package gatehouse.site;

import gatehouse.event.Direction;
import java.time.Instant;

/**
 * A device and where it stands. The intake accepts events of known devices only.
 *
 * @param id unique in the community; part of its MQTT topic
 * @param time since when this is known
 * @param place id of the place it serves
 * @param kind what it is, e.g. access-terminal, vehicle-checkpoint, smart-pole
 * @param side the direction of the passages it sees; UNKNOWN: its events say so themselves
 * @param name shown to people
 * @param active false once it has been taken away
 */
public record Device(
    String id,
    String community,
    Instant time,
    String place,
    String kind,
    Direction side,
    String name,
    boolean active)
    implements SiteFact {}
