package gatehouse.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a visitor's QR code. It is new every 30 seconds and signed with Ed25519 (RFC 8032) by
 * the key that signs door commands, so that a door can check it alone and a photograph of it is
 * soon worth nothing.
 *
 * @param community of the pass
 * @param pass its id
 * @param slot which half minute since 1970 it is for
 */
public record PassQr(String community, String pass, long slot) {

  /** How long one text is shown. */
  public static final Duration PERIOD = Duration.ofSeconds(30);

  private static final String PREFIX = "GH1";
  private static final int LONGEST = 512;
  private static final Pattern FORM =
      Pattern.compile("GH1\\.([A-Za-z0-9-]{1,64})\\.([0-9]{1,12})\\.([A-Za-z0-9_-]{86})");

  /** The one that is shown at a time. */
  public static PassQr at(String community, String pass, Instant time) {
    return new PassQr(community, pass, Math.floorDiv(time.getEpochSecond(), PERIOD.toSeconds()));
  }

  /** When the next one is shown. */
  public Instant until() {
    return Instant.ofEpochSecond((slot + 1) * PERIOD.toSeconds());
  }

  /** The text, signed. */
  public String sign(PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(signed());
    return PREFIX + '.' + pass + '.' + slot + '.' + encoded(signature.sign());
  }

  /**
   * The pass that a text shows at a door of a community, if it is signed by this key and of now, or
   * of the half minute before or after, since clocks differ. A longer text is refused, never cut.
   */
  public static Optional<PassQr> verify(String text, String community, PublicKey key, Instant now) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    PassQr qr = new PassQr(community, parts.group(1), Long.parseLong(parts.group(2)));
    if (Math.abs(qr.slot - at(community, qr.pass, now).slot) > 1) {
      return Optional.empty();
    }
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(qr.signed());
      byte[] given = Base64.getUrlDecoder().decode(parts.group(3));
      // Two bits of the last character say nothing: only one spelling is taken.
      return encoded(given).equals(parts.group(3)) && signature.verify(given)
          ? Optional.of(qr)
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encoded(byte[] signature) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private byte[] signed() {
    return (PREFIX + "/" + community + "/" + pass + "/" + slot).getBytes(StandardCharsets.UTF_8);
  }
}
