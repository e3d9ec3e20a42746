package gatehouse.simulator.city;

import java.util.List;

/**
 * Credentials and vehicles of a community with which something goes wrong now and then.
 *
 * @param endedLeaseCard card of a tenant whose lease has ended
 * @param supersededCard card that was replaced
 * @param successorCard the card that replaced it
 * @param lostCard card that was reported lost
 * @param plantStaff people on the list of the plant room; the first two lead quiet lives
 * @param courierPass pass of a courier, who may not enter the plant room
 * @param clonedCar a registered car of which a copy of the plate is about
 */
public record Specials(
    String endedLeaseCard,
    String supersededCard,
    String successorCard,
    String lostCard,
    List<Person> plantStaff,
    String courierPass,
    Car clonedCar) {}
