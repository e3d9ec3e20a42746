package gatehouse.labelled.people;

import java.util.List;

/**
 * Those who live in one home, and what they own.
 *
 * @param home where
 * @param members who
 * @param cars their vehicles
 * @param bikes their e-bikes with a tag
 */
public record Household(Home home, List<Resident> members, List<Car> cars, List<Bike> bikes) {}
