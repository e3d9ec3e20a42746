package gatehouse.credential;

import gatehouse.event.CredentialType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a terminal's list: what opens it, and for how long.
 *
 * @param credential id of the credential or pass, never its secret; also its id in access events
 * @param type what is presented
 * @param code digest of the code that is typed or shown, see {@link CodeDigest}; empty if the id
 *     itself is what the reader reads, as with cards
 * @param validFrom from when it opens
 * @param validTo until when it opens, exclusive; null: open end
 * @param uses how many times it opens this terminal; 0: no limit
 */
public record CredentialEntry(
    String credential,
    CredentialType type,
    String code,
    Instant validFrom,
    @Nullable Instant validTo,
    int uses) {

  private static final int LONGEST = 128;

  public CredentialEntry {
    if (!isId(credential)) {
      throw new IllegalArgumentException("a credential's id has 1 to 128 printable characters");
    }
    if (code.length() > LONGEST || uses < 0) {
      throw new IllegalArgumentException("a code is a digest, and uses are not negative");
    }
  }

  /** Whether a text can be a credential's id: short, with no spaces and no control characters. */
  public static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
  }

  /** Whether its time includes this moment. */
  public boolean validAt(Instant time) {
    return !time.isBefore(validFrom) && (validTo == null || time.isBefore(validTo));
  }

  /** The same with the digest of its code. */
  public CredentialEntry withCode(String digest) {
    return new CredentialEntry(credential, type, digest, validFrom, validTo, uses);
  }
}
