package gatehouse.api.phone;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Phone-Signature}, a dictionary (RFC 9651): {@code phone="ID", time=SECONDS,
 * signature=:BASE64:}. It signs the lines of {@link #text}.
 */
record PhoneSignature(UUID phone, Instant time, String signature) {

  /** Name of the header. */
  static final String HEADER = "Phone-Signature";

  private static final Pattern FORM =
      Pattern.compile(
          "phone=\"([0-9a-f-]{36})\", ?time=(\\d{1,12}), ?signature=:([A-Za-z0-9+/=]{1,200}):");

  static Optional<PhoneSignature> parse(@Nullable String header) {
    Matcher form = FORM.matcher(header == null ? "" : header);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PhoneSignature(
              UUID.fromString(form.group(1)),
              Instant.ofEpochSecond(Long.parseLong(form.group(2))),
              form.group(3)));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * What is signed: the deed, what it is about, and when, each on a line.
   *
   * @param deed one word, so that a signature for one deed is none for another
   */
  String text(String deed, String... about) {
    return "gatehouse " + deed + "\n" + String.join("\n", about) + "\n" + time.getEpochSecond();
  }

  /** Whether the key has signed this text. */
  boolean isOf(PhoneKey key, String text) {
    try {
      return key.hasSigned(text, Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
