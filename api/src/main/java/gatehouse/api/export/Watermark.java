package gatehouse.api.export;

import gatehouse.api.identity.Account;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Says in a file who took it away and when, so that a copy found elsewhere leads back.
 *
 * @param id of the file
 */
public record Watermark(UUID id, String username, Instant at) {

  /** Header of the answer that says the same. */
  public static final String HEADER = "Gatehouse-Export";

  static Watermark of(UUID id, Account account, Instant at) {
    return new Watermark(id, account.username(), at);
  }

  /** A comment, the first line of the file. */
  public String line() {
    return "# export " + header() + "\r\n";
  }

  /** Value of the header; user names beyond ASCII are percent-encoded. */
  public String header() {
    return "id="
        + id
        + "; account="
        + URLEncoder.encode(username, StandardCharsets.UTF_8)
        + "; time="
        + at;
  }
}
