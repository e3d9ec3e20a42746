package gatehouse.door;

import java.time.Instant;

/**
 * What the platform asks of a door. Only a {@link SignedDoorCommand} ever travels.
 *
 * @param id unique; the door answers with it
 * @param community the door's community
 * @param door device id of the door
 * @param action what to do
 * @param nonce random, never used twice
 * @param issuedAt when it was signed
 * @param notAfter when the door must refuse it
 */
public record DoorCommand(
    String id,
    String community,
    String door,
    Action action,
    String nonce,
    Instant issuedAt,
    Instant notAfter) {

  /** What a door can be asked to do. */
  public enum Action {
    /** Release for one passage, then lock again. */
    OPEN
  }

  public DoorCommand {
    for (String field : new String[] {id, community, door, nonce}) {
      if (field.isEmpty() || field.length() > 64 || field.chars().anyMatch(c -> c <= ' ')) {
        throw new IllegalArgumentException("ids and nonce have 1 to 64 characters, no spaces");
      }
    }
    if (!notAfter.isAfter(issuedAt)) {
      throw new IllegalArgumentException("notAfter must be after issuedAt");
    }
  }
}
