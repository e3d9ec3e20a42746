package gatehouse.registry;

/**
 * A shift of somebody who works here; its validity is the shift.
 *
 * @param credential the work credential
 * @param shift name of the shift
 */
public record Roster(Entry entry, String credential, String shift) implements RegistryFact {

  @Override
  public String thing() {
    return credential + ":" + shift;
  }
}
