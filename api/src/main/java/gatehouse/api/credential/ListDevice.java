package gatehouse.api.credential;

import gatehouse.event.CredentialType;
import java.util.List;
import java.util.Set;

/**
 * A terminal that keeps a list of credentials.
 *
 * @param id device id
 * @param place the place it opens
 * @param kind what it is, as the registry names it
 * @param restricted whether the place lets in only those whom its rules name: a credential that
 *     opens "all places" does not open it, it must name it
 */
record ListDevice(String id, String place, String kind, boolean restricted) {

  /** Kinds of devices that keep a list; all others only report. */
  static final Set<String> KINDS =
      Set.of("access-terminal", "door-controller", "turnstile", "barrier-controller");

  private static final String BARRIER = "barrier-controller";

  /** Whether a credential for these places opens it; none: all. */
  boolean isAmong(List<String> places) {
    return places.isEmpty() ? !restricted : places.contains(place);
  }

  /** Whether a credential of this type can be presented there and checked by the list. */
  boolean holds(CredentialType type) {
    return switch (type) {
      case PLATE -> kind.equals(BARRIER);
      case CARD, FACE, PIN, APP, QR, OTHER -> !kind.equals(BARRIER);
      case KEY, REMOTE -> false;
    };
  }
}
