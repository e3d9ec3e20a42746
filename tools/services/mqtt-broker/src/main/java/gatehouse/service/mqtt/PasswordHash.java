package gatehouse.service.mqtt;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * {@code pbkdf2$iterations$salt$hash}, PBKDF2 with HMAC-SHA-256, salt and hash in Base64.
 *
 * <p>Device passwords are 32 random characters, so the iterations are not what protects them; there
 * are few, for thousands of devices to be able to reconnect within a minute.
 */
final class PasswordHash {
  private static final int ITERATIONS = 10_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private PasswordHash() {}

  static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    Base64.Encoder encoder = Base64.getEncoder();
    return "pbkdf2$"
        + ITERATIONS
        + "$"
        + encoder.encodeToString(salt)
        + "$"
        + encoder.encodeToString(derive(password.toCharArray(), salt, ITERATIONS));
  }

  /** Compares in constant time. False as well if {@code hash} is not of the shape above. */
  static boolean matches(char[] password, String hash) {
    String[] parts = hash.split("\\$", -1);
    if (parts.length != 4 || !parts[0].equals("pbkdf2")) {
      return false;
    }
    Base64.Decoder decoder = Base64.getDecoder();
    byte[] expected = decoder.decode(parts[3]);
    byte[] actual = derive(password, decoder.decode(parts[2]), Integer.parseInt(parts[1]));
    return MessageDigest.isEqual(expected, actual);
  }

  private static byte[] derive(char[] password, byte[] salt, int iterations) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(password, salt, iterations, HASH_BITS))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no PBKDF2WithHmacSHA256.", e);
    }
  }
}
