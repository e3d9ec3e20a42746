package gatehouse.api.registry;

import gatehouse.api.http.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What a caller takes a thing for that is to be changed (RFC 9110, conditional requests): so that
 * nobody overwrites a change that they have not seen.
 */
@FunctionalInterface
public interface Precondition {

  /** Whatever it is. */
  Precondition NONE = newest -> {};

  /**
   * Checks it.
   *
   * @param newest entity tag of the newest version; null: there is none
   */
  void check(@Nullable String newest);

  /** As the header If-Match says; without it nothing that exists may be changed. */
  public static Precondition ifMatch(@Nullable String header) {
    return newest -> {
      if (newest == null && header != null) {
        throw Refusal.of(HttpStatus.PRECONDITION_FAILED, "changed-meanwhile");
      }
      if (newest != null && header == null) {
        throw Refusal.of(HttpStatus.PRECONDITION_REQUIRED, "if-match-missing");
      }
      if (newest != null && !newest.equals(header) && !"*".equals(header)) {
        throw Refusal.of(HttpStatus.PRECONDITION_FAILED, "changed-meanwhile");
      }
    };
  }
}
