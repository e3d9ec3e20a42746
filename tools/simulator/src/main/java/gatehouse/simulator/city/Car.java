package gatehouse.simulator.city;

/**
 * A vehicle of the city.
 *
 * @param plate canonical plate
 * @param plateColour blue, or green for new energy
 * @param colour of the body
 * @param type e.g. car, suv, van
 * @param brand its make
 * @param owner person id of the owner
 * @param unit the unit it belongs to
 */
public record Car(
    String plate,
    String plateColour,
    String colour,
    String type,
    String brand,
    String owner,
    String unit) {}
