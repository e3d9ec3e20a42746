package gatehouse.door;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
 * @param holdUntil until when the door stays released, for {@link Action#HOLD}; null for the others
 */
public record DoorCommand(
    String id,
    String community,
    String door,
    Action action,
    String nonce,
    Instant issuedAt,
    Instant notAfter,
    @Nullable Instant holdUntil) {

  /** A door stays released for no longer, whoever asks. */
  public static final Duration LONGEST_HOLD = Duration.ofHours(12);

  /** What a door can be asked to do. */
  public enum Action {
    /** Release for one passage, then lock again. */
    OPEN,
    /** Release until a time, then lock again without being told. */
    HOLD,
    /** Lock now; ends a hold. What the fire panel released stays released. */
    LOCK
  }

  /** A command that holds nothing. */
  public DoorCommand(
      String id,
      String community,
      String door,
      Action action,
      String nonce,
      Instant issuedAt,
      Instant notAfter) {
    this(id, community, door, action, nonce, issuedAt, notAfter, null);
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
    if ((action == Action.HOLD) != (holdUntil != null)) {
      throw new IllegalArgumentException("a hold, and nothing else, has an end");
    }
    if (holdUntil != null
        && (!holdUntil.isAfter(issuedAt) || holdUntil.isAfter(issuedAt.plus(LONGEST_HOLD)))) {
      throw new IllegalArgumentException("a hold ends within 12 hours");
    }
  }
}
