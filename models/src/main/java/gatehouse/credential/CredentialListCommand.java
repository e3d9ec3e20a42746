package gatehouse.credential;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the platform asks of a terminal's list. Only a {@link SignedCredentialList} ever travels, on
 * the terminal's command topic.
 *
 * @param id unique; the terminal answers with it
 * @param community the terminal's community
 * @param device its device id
 * @param action what to do
 * @param base revision of the list that a change builds on; any other refuses it, so that changes
 *     are applied in order and each once
 * @param revision revision of the list after the change
 * @param salt of the digests of codes, see {@link CodeDigest}
 * @param put entries to add, or to put in the place of those with the same credential
 * @param remove ids of credentials to remove
 * @param after for {@link Action#READ}: the page begins behind this credential; empty: at the start
 * @param nonce random, never used twice
 * @param issuedAt when it was signed
 * @param notAfter when the terminal must refuse it
 */
public record CredentialListCommand(
    String id,
    String community,
    String device,
    Action action,
    long base,
    long revision,
    String salt,
    List<CredentialEntry> put,
    List<String> remove,
    String after,
    String nonce,
    Instant issuedAt,
    Instant notAfter) {

  /** Entries that one change puts or removes at most. */
  public static final int MOST_CHANGES = 100;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** What a terminal can be asked. */
  public enum Action {
    /** Say the revision and the digest of the list. */
    DIGEST,
    /** Say a page of the list. */
    READ,
    /** Put and remove entries. */
    CHANGE
  }

  public CredentialListCommand {
    for (String field : new String[] {id, community, device, nonce}) {
      if (!ID.matcher(field).matches()) {
        throw new IllegalArgumentException("ids and nonce can never form another topic");
      }
    }
    if (put.size() + remove.size() > MOST_CHANGES) {
      throw new IllegalArgumentException("a change has at most " + MOST_CHANGES + " entries");
    }
    if (action == Action.CHANGE && (base < 0 || revision <= base)) {
      throw new IllegalArgumentException("a change goes on from its base");
    }
    if (!notAfter.isAfter(issuedAt)) {
      throw new IllegalArgumentException("notAfter must be after issuedAt");
    }
  }
}
