package gatehouse.credential;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Digest of a PIN or pass code, so that the code itself never travels and never lies on a terminal:
 * PBKDF2 (RFC 8018) with HMAC-SHA-256. Every terminal has a salt of its own; a digest taken from
 * one says nothing at another. Ten thousand rounds are what a small terminal computes in well under
 * a second; the eight digits of a code stand against guessing at the door, not against somebody who
 * has the list and a week.
 */
public final class CodeDigest {

  private static final int ROUNDS = 10_000;
  private static final int BITS = 256;
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private CodeDigest() {}

  /** A new salt for a terminal. */
  public static String newSalt() {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(salt);
  }

  /**
   * The digest of a code.
   *
   * @param salt the terminal's, as {@link #newSalt} made it
   * @throws IllegalArgumentException if the salt is none
   */
  public static String of(String salt, String code) {
    byte[] bytes = Base64.getUrlDecoder().decode(salt);
    if (bytes.length < SALT_BYTES) {
      throw new IllegalArgumentException("a salt has 16 bytes at least");
    }
    PBEKeySpec spec = new PBEKeySpec(code.toCharArray(), bytes, ROUNDS, BITS);
    try {
      byte[] digest =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
