package gatehouse.api.http;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request cannot be granted; becomes a problem document (RFC 9457) in the reader's language. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  private final transient Map<String, Object> members;
  private final @Nullable Duration retryAfter;

  private Refusal(
      HttpStatus status, String code, Map<String, Object> members, @Nullable Duration retryAfter) {
    super(code, null, false, false);
    this.status = status;
    this.code = code;
    this.members = members;
    this.retryAfter = retryAfter;
  }

  /** A refusal; the texts of the code say why. */
  public static Refusal of(HttpStatus status, String code) {
    return new Refusal(status, code, Map.of(), null);
  }

  /** A value of the request is not allowed; {@code field} says which. */
  public static Refusal badValue(String field) {
    return new Refusal(HttpStatus.BAD_REQUEST, "bad-value", Map.of("field", field), null);
  }

  /** There is no such thing, or it is not for the caller to know. */
  public static Refusal notFound() {
    return of(HttpStatus.NOT_FOUND, "not-found");
  }

  /** The caller's role or duty does not include it. */
  public static Refusal notAllowed() {
    return of(HttpStatus.FORBIDDEN, "not-allowed");
  }

  /** The same with further members of the problem document. */
  public Refusal with(Map<String, Object> extra) {
    return new Refusal(status, code, extra, retryAfter);
  }

  /** The same, worth another try later. */
  public Refusal after(Duration wait) {
    return new Refusal(status, code, members, wait);
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }

  Map<String, Object> members() {
    return members;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
