package gatehouse.api.dialogue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report, as it stands in the database.
 *
 * @param place id of a place; empty if it names none
 * @param account who made it; null if it is anonymous, or the account is gone
 * @param pseudonym what an anonymous reporter is called in this report; empty if it is named
 * @param officer who works on it; null: nobody yet
 * @param unreadByPolice messages of the reporter that no officer has read
 * @param unreadByReporter messages of the police that the reporter has not read
 */
record Report(
    UUID id,
    String community,
    Category category,
    String place,
    String text,
    @Nullable UUID account,
    String pseudonym,
    ReportState state,
    @Nullable UUID officer,
    Instant at,
    Instant stateAt,
    int unreadByPolice,
    int unreadByReporter) {

  boolean anonymous() {
    return !pseudonym.isEmpty();
  }

  @Override
  public String toString() {
    return "Report[" + id + "]";
  }
}
