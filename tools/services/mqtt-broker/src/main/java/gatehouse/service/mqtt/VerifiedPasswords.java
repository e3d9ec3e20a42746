package gatehouse.service.mqtt;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords, the slow way once per credential and then by a keyed digest that only this
 * process can compute: when everybody reconnects at once, the check costs microseconds.
 */
final class VerifiedPasswords {
  private final SecretKeySpec key;
  private final Map<String, byte[]> digestByUsername = new ConcurrentHashMap<>();

  VerifiedPasswords() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  boolean matches(Credential credential, ByteBuffer password) {
    byte[] digest = digest(credential.passwordHash(), password.duplicate());
    byte[] known = digestByUsername.get(credential.username());
    if (known != null && MessageDigest.isEqual(known, digest)) {
      return true;
    }
    CharBuffer characters = StandardCharsets.UTF_8.decode(password.duplicate());
    char[] attempt = new char[characters.remaining()];
    characters.get(attempt);
    if (!PasswordHash.matches(attempt, credential.passwordHash())) {
      return false;
    }
    digestByUsername.put(credential.username(), digest);
    return true;
  }

  private byte[] digest(String hash, ByteBuffer password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(hash.getBytes(StandardCharsets.UTF_8));
      mac.update(password);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HmacSHA256.", e);
    }
  }
}
