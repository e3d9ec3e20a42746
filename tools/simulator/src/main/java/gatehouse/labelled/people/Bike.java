package gatehouse.labelled.people;

/**
 * An e-bike with a tag.
 *
 * @param tag id of the tag
 */
public record Bike(String tag) {}
