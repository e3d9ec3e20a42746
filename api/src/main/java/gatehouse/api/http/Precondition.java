package gatehouse.api.http;

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
  static Precondition ifMatch(@Nullable String header) {
    Precondition exactly = exactly(header);
    return newest -> {
      if (newest == null || !"*".equals(header)) {
        exactly.check(newest);
      }
    };
  }

  /** The same, and {@code *} names no version. */
  static Precondition exactly(@Nullable String header) {
    return newest -> {
      if (newest != null && header == null) {
        throw Refusal.of(HttpStatus.PRECONDITION_REQUIRED, "if-match-missing");
      }
      if (header != null && !header.equals(newest)) {
        throw Refusal.of(HttpStatus.PRECONDITION_FAILED, "changed-meanwhile");
      }
    };
  }
}
