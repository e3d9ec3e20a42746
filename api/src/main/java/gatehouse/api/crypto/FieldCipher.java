package gatehouse.api.crypto;

import gatehouse.api.ApiSettings;
import gatehouse.config.ConfigException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.springframework.stereotype.Component;

/**
 * Seals single fields, and makes the keyed tokens by which sealed ones are found.
 *
 * <p>The master key stays outside the database. Each class of data, suite and use has a key of its
 * own, derived by HKDF (RFC 5869). A sealed field is one byte for the suite, 12 for the nonce, then
 * the ciphertext with its tag of 16 bytes. It opens only for the owner it was sealed for: a row's
 * field copied into another row does not open there.
 */
@Component
public final class FieldCipher {

  private static final int LEAST_KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final Provider PROVIDER = new BouncyCastleProvider();

  private final byte[] master;
  private final CipherSuite suite;
  private final SecureRandom random = new SecureRandom();

  FieldCipher(ApiSettings settings) {
    this.master = master(settings.dataKey().revealText());
    this.suite = settings.dataCipher();
  }

  /**
   * Seals a field.
   *
   * @param owner whose it is, e.g. community/person; needed again to open it
   */
  public byte[] seal(FieldClass type, String owner, String plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, suite, type, owner, nonce);
      byte[] sealed = cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(suite.id())
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * Opens a field.
   *
   * @throws IllegalStateException if it was changed, or sealed for another owner or with another
   *     key
   */
  public String open(FieldClass type, String owner, byte[] sealed) {
    try {
      ByteBuffer parts = ByteBuffer.wrap(sealed);
      CipherSuite usedSuite = CipherSuite.of(parts.get());
      byte[] nonce = new byte[NONCE_BYTES];
      parts.get(nonce);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, usedSuite, type, owner, nonce);
      return new String(
          cipher.doFinal(sealed, parts.position(), parts.remaining()), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalStateException("a sealed field does not open", e);
    }
  }

  /**
   * A keyed token: equal for equal values in one community, and telling nothing to whoever has not
   * the key.
   */
  public byte[] token(FieldClass type, String community, String plain) {
    try {
      Mac mac = Mac.getInstance(suite.mac(), PROVIDER);
      mac.init(new SecretKeySpec(key(suite, type, "token/" + community, 32), suite.mac()));
      return mac.doFinal(plain.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no token", e);
    }
  }

  private Cipher cipher(int mode, CipherSuite with, FieldClass type, String owner, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(with.transformation(), PROVIDER);
    cipher.init(
        mode,
        new SecretKeySpec(key(with, type, "seal", with.keyBytes()), with.algorithm()),
        new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((type + "/" + owner).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private byte[] key(CipherSuite with, FieldClass type, String use, int bytes) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(SHA256Digest.newInstance());
    String purpose = "gatehouse/" + with + "/" + type + "/" + use;
    generator.init(
        new HKDFParameters(master, new byte[0], purpose.getBytes(StandardCharsets.UTF_8)));
    byte[] key = new byte[bytes];
    generator.generateBytes(key, 0, bytes);
    return key;
  }

  private static byte[] master(String text) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      key = new byte[0];
    }
    if (key.length < LEAST_KEY_BYTES || isUniform(key)) {
      throw new ConfigException(
          "GATEHOUSE_DATA_KEY is not a key.", "make one: openssl rand -base64 32");
    }
    return key;
  }

  private static boolean isUniform(byte[] key) {
    for (byte one : key) {
      if (one != key[0]) {
        return false;
      }
    }
    return true;
  }
}
