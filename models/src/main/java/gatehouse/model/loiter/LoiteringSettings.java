package gatehouse.model.loiter;

import gatehouse.analysis.Settings.Setting;
import java.time.Duration;
import java.time.LocalTime;

/** What can be tuned of loitering. */
public record LoiteringSettings(
    @Setting(value = "least limit of an area without its own", min = 1) Duration dwell,
    @Setting(value = "least limit of a garage, where people load their cars", min = 1)
        Duration garageDwell,
    @Setting(
            value = "the limit is at least what this share of stays is below",
            unit = "share",
            min = 0.5,
            max = 0.999999)
        double quantile,
    @Setting(value = "stays to learn from before that share is used", min = 1, max = 100_000)
        int leastStays,
    @Setting(value = "after this time a stay counts half", min = 1) Duration halfLife,
    @Setting(value = "the limit is never longer", min = 1) Duration longestLimit,
    @Setting(value = "so many stays of one subject are an alert", min = 2, max = 32) int returns,
    @Setting(value = "all within this time", min = 1) Duration returnsWithin,
    @Setting(value = "a shorter absence is none", min = 0.001) Duration separation,
    @Setting(value = "a track not seen for this long may have left", min = 0.001) Duration gap,
    @Setting(
            value = "where the camera tells of tracks again and again, one not seen this long has",
            min = 0.001)
        Duration lost,
    @Setting(
            value = "a camera that tells only when a track enters and leaves is believed this long",
            min = 1)
        Duration longestUnseen,
    @Setting(value = "a track that begins so soon after one ended, alone, continues it")
        Duration fragmentGap,
    @Setting(value = "a grant lets somebody in whose track begins up to this long after it")
        Duration admittedAfter,
    @Setting(value = "or up to this long before it") Duration admittedBefore,
    @Setting(value = "sightings of less confidence do not count", unit = "share", max = 1)
        double minConfidence,
    @Setting("from this local time on it is more urgent, and stays are learned apart")
        LocalTime nightFrom,
    @Setting("until this local time") LocalTime nightTo,
    @Setting(value = "a device's word that it is well counts this long", min = 1, max = 86_400)
        Duration wellFor,
    @Setting(value = "an area without any event for this long is forgotten", min = 1)
        Duration forgetAfter)
    implements gatehouse.analysis.Settings {

  /** The values of the specification. */
  public static final LoiteringSettings DEFAULTS =
      new LoiteringSettings(
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          0.995,
          100,
          Duration.ofDays(28),
          Duration.ofHours(1),
          3,
          Duration.ofHours(1),
          Duration.ofMinutes(3),
          Duration.ofSeconds(60),
          Duration.ofSeconds(150),
          Duration.ofHours(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          0.6,
          LocalTime.of(23, 0),
          LocalTime.of(5, 0),
          Duration.ofMinutes(15),
          Duration.ofDays(60));
}
