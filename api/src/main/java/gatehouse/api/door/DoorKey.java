package gatehouse.api.door;

import gatehouse.config.ConfigException;
import gatehouse.config.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key that commands to doors and to their lists are signed with. */
public final class DoorKey {

  private DoorKey() {}

  /**
   * Reads an Ed25519 key, PKCS #8 in PEM.
   *
   * @throws ConfigException if it is none
   */
  public static PrivateKey of(Secret pem) {
    String body = pem.revealText().replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ConfigException(
          "GATEHOUSE_DOOR_SIGNING_KEY_FILE holds no Ed25519 private key.",
          "make one: openssl genpkey -algorithm ed25519");
    }
  }
}
