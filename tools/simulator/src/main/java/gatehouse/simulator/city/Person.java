package gatehouse.simulator.city;

import gatehouse.registry.Residency;

/**
 * Somebody who lives or works here.
 *
 * @param id id in the registry
 * @param role in which role
 * @param unit the unit, e.g. b2-0301
 * @param door id of the device at the door of the building
 * @param card id of the card
 */
public record Person(String id, Residency.Role role, String unit, String door, String card) {}
