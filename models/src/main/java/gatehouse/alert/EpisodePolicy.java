package gatehouse.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When findings belong to one alert.
 *
 * @param quiet the alert closes when this long nothing new was found; null: only when the model
 *     says so
 * @param cooldown after closing, new evidence within this time re-opens the same alert
 * @param memory how long after closing the episode is remembered, so that it can be retracted
 */
public record EpisodePolicy(@Nullable Duration quiet, Duration cooldown, Duration memory) {

  /** Quiet for 10 minutes, cool-down of an hour, remembered for 7 days. */
  public static final EpisodePolicy DEFAULT =
      new EpisodePolicy(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(7));

  /** Lasts until the model closes it. */
  public static final EpisodePolicy UNTIL_CLOSED =
      new EpisodePolicy(null, Duration.ZERO, Duration.ofDays(7));

  public EpisodePolicy {
    if ((quiet != null && quiet.isNegative()) || cooldown.isNegative() || memory.isNegative()) {
      throw new IllegalArgumentException("quiet, cooldown and memory must not be negative");
    }
  }
}
