package gatehouse.api.credential;

import gatehouse.event.CredentialType;
import java.util.Set;

/**
 * A terminal that keeps a list of credentials.
 *
 * @param id device id
 * @param place the place it opens
 * @param kind what it is, as the registry names it
 */
record ListDevice(String id, String place, String kind) {

  /** Kinds of devices that keep a list; all others only report. */
  static final Set<String> KINDS =
      Set.of("access-terminal", "door-controller", "turnstile", "barrier-controller");

  private static final String BARRIER = "barrier-controller";

  /** Whether a credential of this type can be presented there and checked by the list. */
  boolean holds(CredentialType type) {
    return switch (type) {
      case PLATE -> kind.equals(BARRIER);
      case CARD, FACE, PIN, APP, QR, OTHER -> !kind.equals(BARRIER);
      case KEY, REMOTE -> false;
    };
  }
}
