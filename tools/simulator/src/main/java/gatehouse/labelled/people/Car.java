package gatehouse.labelled.people;

/**
 * A vehicle as it really is.
 *
 * @param plate what stands on its plate; empty: it has none
 * @param plateColour colour of the plate
 * @param colour its colour
 * @param type its type
 * @param brand its brand
 * @param dirt how much likelier its plate is misread than a clean one
 */
public record Car(
    String plate, String plateColour, String colour, String type, String brand, double dirt) {}
