package gatehouse.api.identity;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time codes (RFC 6238): SHA-1, 30 seconds, 6 digits, as every app knows them. */
final class Totp {

  static final int SEED_BYTES = 20;

  private static final Duration STEP = Duration.ofSeconds(30);
  private static final int DIGITS = 6;

  /** A clock may be a step off, in both directions. */
  private static final int STEPS_OFF = 1;

  private Totp() {}

  /** The number of the time step. */
  static long step(Instant now) {
    return now.getEpochSecond() / STEP.toSeconds();
  }

  /** The code of a time step. */
  static String code(byte[] seed, long step) {
    return code(seed, step, DIGITS);
  }

  static String code(byte[] seed, long step, int digits) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(seed, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%0" + digits + "d", number % (int) Math.pow(10, digits));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-1", e);
    }
  }

  /** The time step that a code belongs to; none if it is wrong. */
  static OptionalLong match(byte[] seed, String code, Instant now) {
    long current = step(now);
    OptionalLong found = OptionalLong.empty();
    for (long step = current - STEPS_OFF; step <= current + STEPS_OFF; step++) {
      if (MessageDigest.isEqual(
          code(seed, step).getBytes(StandardCharsets.US_ASCII),
          code.getBytes(StandardCharsets.UTF_8))) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** What an app scans or opens (Key URI Format). */
  static String uri(String username, String secret) {
    return "otpauth://totp/Gatehouse:"
        + URLEncoder.encode(username, StandardCharsets.UTF_8).replace("+", "%20")
        + "?secret="
        + secret
        + "&issuer=Gatehouse&algorithm=SHA1&digits="
        + DIGITS
        + "&period="
        + STEP.toSeconds();
  }
}
