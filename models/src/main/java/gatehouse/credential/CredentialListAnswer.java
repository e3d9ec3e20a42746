package gatehouse.credential;

import java.time.Instant;
import java.util.List;

/**
 * What a terminal says of its list, on its acknowledgement topic with the content type {@link
 * #CONTENT_TYPE}. That a change was applied is its word; the proof is a read-back that matches.
 *
 * @param command id of the command it answers; empty if that could not be read
 * @param outcome what became of it
 * @param refusal why it was refused; {@link Refusal#NONE} otherwise
 * @param revision revision of the list now
 * @param digest {@link ListDigest} of the whole list
 * @param size how many entries the whole list has
 * @param entries a page of the list, by credential; empty unless asked for
 * @param more whether entries follow behind this page
 * @param at the terminal's clock
 */
public record CredentialListAnswer(
    String command,
    Outcome outcome,
    Refusal refusal,
    long revision,
    String digest,
    int size,
    List<CredentialEntry> entries,
    boolean more,
    Instant at) {

  /** MQTT content type that tells this answer from those of doors. */
  public static final String CONTENT_TYPE = "application/vnd.gatehouse.credential-list+json";

  /** Entries of a page at most. */
  public static final int PAGE = 200;

  /** What became of a command. */
  public enum Outcome {
    /** Not carried out, see the reason. */
    REFUSED,
    /** The list was changed and is on disk. */
    APPLIED,
    /** This is what the list is. */
    READ
  }

  /** Why a terminal refuses. */
  public enum Refusal {
    NONE,
    /** Not a command, or not in this version's form. */
    MALFORMED,
    /** The signature is not the platform's. */
    BAD_SIGNATURE,
    /** For another terminal. */
    WRONG_DEVICE,
    /** Its time is over. */
    EXPIRED,
    /** Issued in the terminal's future, or valid for longer than a command may be. */
    NOT_YET_VALID,
    /** Seen before. */
    REPEATED,
    /** The list is at another revision than the change builds on. */
    OUT_OF_ORDER,
    /** No room for more entries. */
    FULL
  }
}
