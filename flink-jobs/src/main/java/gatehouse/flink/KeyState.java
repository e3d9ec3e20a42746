package gatehouse.flink;

import gatehouse.analysis.SettingsBook.ScopePath;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host keeps of one key of one model.
 *
 * @param state the model's own state
 * @param wakeAt when to wake it
 * @param scope where it belongs, for the settings
 * @param shownTo time of the last fact or wake it was shown; nothing older may follow
 * @param seen facts that were shown and might come again
 */
record KeyState<S>(
    @Nullable S state,
    @Nullable Instant wakeAt,
    ScopePath scope,
    Instant shownTo,
    List<Seen> seen) {

  /**
   * A fact that was shown.
   *
   * @param fact what tells it from all others
   * @param time its time
   * @param device whether a device sent it
   */
  record Seen(String fact, Instant time, boolean device) {}

  /** Nothing known of the key. */
  static <S> KeyState<S> unknown() {
    return new KeyState<>(null, null, ScopePath.UNKNOWN, Instant.EPOCH, List.of());
  }

  /** Whether forgetting it loses nothing. */
  boolean isEmpty() {
    return state == null && wakeAt == null && seen.isEmpty();
  }
}
