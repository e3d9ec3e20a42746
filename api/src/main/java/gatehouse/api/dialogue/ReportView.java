package gatehouse.api.dialogue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report, as one side sees it.
 *
 * @param reporter for the police: a name, or the pseudonym in this report
 * @param mine for the police: whether the caller works on it
 * @param unread messages of the other side that were not read
 */
record ReportView(
    UUID id,
    String community,
    Category category,
    String place,
    String text,
    boolean anonymous,
    @Nullable String reporter,
    ReportState state,
    @Nullable Boolean mine,
    Instant at,
    Instant stateAt,
    int unread) {

  @Override
  public String toString() {
    return "ReportView[" + id + "]";
  }
}
