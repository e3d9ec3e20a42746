package gatehouse.api.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that a receiver checks signatures with (Standard Webhooks). */
record WebhookSecret(String text) {

  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;

  /** A new one. */
  static WebhookSecret make(SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
  }

  /**
   * The header webhook-signature: one signature for each secret that is good now.
   *
   * @param id of the message, the same in each attempt
   * @param timestamp of the attempt, seconds since 1970
   */
  static String signatures(List<WebhookSecret> secrets, String id, long timestamp, String body) {
    return secrets.stream()
        .map(secret -> secret.sign(id + "." + timestamp + "." + body))
        .collect(Collectors.joining(" "));
  }

  private String sign(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              Base64.getDecoder().decode(text.substring(PREFIX.length())), "HmacSHA256"));
      return "v1,"
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "WebhookSecret";
  }
}
