package gatehouse.api.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The name that a caller gives a wish: sent again with the same one, because the answer got lost,
 * it is still one wish.
 */
public final class IdempotencyKey {

  public static final String HEADER = "Idempotency-Key";

  private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

  private IdempotencyKey() {}

  /**
   * The key of a request.
   *
   * @throws Refusal 400, if there is none of 1 to 128 visible ASCII characters
   */
  public static String require(@Nullable String key) {
    if (key == null || !KEY.matcher(key).matches()) {
      throw Refusal.of(HttpStatus.BAD_REQUEST, "idempotency-key-missing");
    }
    return key;
  }
}
