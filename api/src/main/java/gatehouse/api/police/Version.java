package gatehouse.api.police;

import gatehouse.api.http.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The ETag of what has a counted version, and the If-Match of whoever changes it. */
final class Version {

  private Version() {}

  /** As it stands in an answer. */
  static String tag(int version) {
    return "\"" + version + "\"";
  }

  /**
   * Refuses a change that its caller made to another version.
   *
   * @throws Refusal if-match-missing, changed-meanwhile
   */
  static void check(@Nullable String ifMatch, int version) {
    if (ifMatch == null) {
      throw Refusal.of(HttpStatus.PRECONDITION_REQUIRED, "if-match-missing");
    }
    if (!ifMatch.equals(tag(version))) {
      throw Refusal.of(HttpStatus.PRECONDITION_FAILED, "changed-meanwhile");
    }
  }
}
