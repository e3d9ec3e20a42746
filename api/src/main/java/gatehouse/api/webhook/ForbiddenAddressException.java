package gatehouse.api.webhook;

import java.io.IOException;

/** A webhook may not go there. */
final class ForbiddenAddressException extends IOException {

  private static final long serialVersionUID = 1L;

  ForbiddenAddressException(String message) {
    super(message);
  }
}
