package gatehouse.api.dialogue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message about a report.
 *
 * @param text sealed
 * @param readAt when the other side read it; null: not yet
 */
record Message(UUID id, Sender sender, byte[] text, Instant at, @Nullable Instant readAt) {

  /** Who wrote it. An officer is not named to the reporter. */
  enum Sender {
    REPORTER,
    POLICE
  }

  /** Whose its sealed text is. */
  static String owner(UUID message) {
    return "message/" + message;
  }

  @Override
  public String toString() {
    return "Message[" + id + "]";
  }
}
