package gatehouse.registry;

/**
 * Doors are held closed to remote opening (封控) as long as it is valid. Leaving never depends on it.
 * One for a whole organisation is recorded once for each community.
 *
 * @param lockdown its id, the same when it is lifted
 * @param place the door's place id; empty: every door of the community
 */
public record Lockdown(Entry entry, String lockdown, String place) implements RegistryFact {

  @Override
  public String thing() {
    return lockdown;
  }
}
