package gatehouse.api.dialogue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message about a report.
 *
 * @param readAt when the other side read it; null: not yet
 */
record Message(UUID id, Sender sender, String text, Instant at, @Nullable Instant readAt) {

  /** Who wrote it. An officer is not named to the reporter. */
  enum Sender {
    REPORTER,
    POLICE
  }

  @Override
  public String toString() {
    return "Message[" + id + "]";
  }
}
