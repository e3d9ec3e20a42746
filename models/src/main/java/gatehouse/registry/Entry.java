package gatehouse.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all registry entries have: one version of one thing, valid for a time.
 *
 * @param id unique id of this version
 * @param community the community
 * @param recordedAt when the version became known
 * @param validFrom from when it holds
 * @param validTo until when it holds, exclusive; null: open end
 */
public record Entry(
    String id, String community, Instant recordedAt, Instant validFrom, @Nullable Instant validTo) {

  /** Whether it holds at the time. */
  public boolean validAt(Instant time) {
    return !time.isBefore(validFrom) && (validTo == null || time.isBefore(validTo));
  }
}
