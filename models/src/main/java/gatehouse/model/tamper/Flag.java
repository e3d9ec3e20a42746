package gatehouse.model.tamper;

import gatehouse.alert.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a device reports of itself that it should not.
 *
 * @param word the tamper flag as the device names it, or {@link #BUFFER_FULL}
 * @param first the report that first showed it
 * @param told whether its alert is open
 * @param clearedAt since when it is gone; null: it is there
 */
public record Flag(String word, Evidence first, boolean told, @Nullable Instant clearedAt) {

  /** The offline buffer is nearly full; devices report that as a number, not as a flag. */
  public static final String BUFFER_FULL = "buffer-full";

  /** The same, told or not. */
  public Flag told(boolean now) {
    return new Flag(word, first, now, clearedAt);
  }

  /** The same, gone since then; null: there again. */
  public Flag clearedAt(@Nullable Instant time) {
    return new Flag(word, first, told, time);
  }
}
