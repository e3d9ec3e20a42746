package gatehouse.api.dialogue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A report with what was said about it, the oldest first. */
record ReportDetail(ReportView report, List<Said> messages) {

  /**
   * A message.
   *
   * @param readAt when the other side read it; null: not yet
   */
  record Said(UUID id, Message.Sender sender, String text, Instant at, @Nullable Instant readAt) {

    @Override
    public String toString() {
      return "Said[" + id + "]";
    }
  }
}
