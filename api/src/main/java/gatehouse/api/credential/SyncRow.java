package gatehouse.api.credential;

import gatehouse.event.CredentialType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One credential on one terminal.
 *
 * @param credential its id; masked for readers who need not know it
 * @param type what is presented, if the terminal has it or is to have it
 * @param wanted what the registry wants there; null: nothing
 * @param state how far it has come
 * @param since since when
 * @param stillOpens whether the terminal may still hold it though the registry does not want it
 * @param sentTime when something was sent last
 * @param provedTime when a read-back proved what the terminal holds
 * @param revision the list's revision at that read-back
 * @param attempts how often it was sent since the registry changed
 * @param lastError why it did not get further, if it did not
 * @param drifts how often it was changed without the platform
 */
public record SyncRow(
    String community,
    String device,
    String place,
    String placeName,
    String credential,
    @Nullable CredentialType type,
    @Nullable Window wanted,
    SyncState state,
    Instant since,
    boolean stillOpens,
    @Nullable Instant sentTime,
    @Nullable Instant provedTime,
    @Nullable Long revision,
    int attempts,
    @Nullable String lastError,
    int drifts) {

  /**
   * How long and how often it opens.
   *
   * @param uses at this terminal; 0: no limit
   */
  public record Window(Instant from, @Nullable Instant to, int uses) {}
}
