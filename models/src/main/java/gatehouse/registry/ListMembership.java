package gatehouse.registry;

/**
 * A subject is on a named list that access rules refer to (staff of the plant room, rangers, ...).
 *
 * @param list name of the list
 * @param subject credential, plate, person or tag
 */
public record ListMembership(Entry entry, String list, String subject) implements RegistryFact {

  @Override
  public String thing() {
    return list + ":" + subject;
  }
}
