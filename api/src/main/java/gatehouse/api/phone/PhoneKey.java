package gatehouse.api.phone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that a phone keeps in its secure hardware: Ed25519 (RFC 8032), or ECDSA on P-256 with
 * SHA-256 and signatures in DER (FIPS 186-5).
 */
final class PhoneKey {

  private static final int MOST_BYTES = 256;
  private static final String P_256_ORDER =
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

  private final PublicKey key;

  private PhoneKey(PublicKey key) {
    this.key = key;
  }

  /** The key of a SubjectPublicKeyInfo in Base64; none if it is of another kind. */
  static Optional<PhoneKey> parse(String text) {
    try {
      byte[] encoded = Base64.getDecoder().decode(text);
      return encoded.length > MOST_BYTES ? Optional.empty() : of(encoded);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The key of a SubjectPublicKeyInfo. */
  static Optional<PhoneKey> of(byte[] encoded) {
    return read("Ed25519", encoded)
        .or(() -> read("EC", encoded).filter(PhoneKey::isP256))
        .map(PhoneKey::new);
  }

  private static Optional<PublicKey> read(String algorithm, byte[] encoded) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static boolean isP256(PublicKey key) {
    return key instanceof ECPublicKey ec
        && ec.getParams().getOrder().toString(16).equals(P_256_ORDER);
  }

  byte[] encoded() {
    return key.getEncoded();
  }

  /** Whether the key has signed this text. */
  boolean hasSigned(String text, byte[] signature) {
    try {
      Signature verifier =
          Signature.getInstance(key instanceof ECPublicKey ? "SHA256withECDSA" : "Ed25519");
      verifier.initVerify(key);
      verifier.update(text.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PhoneKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
