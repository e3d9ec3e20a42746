package gatehouse.model.tailgate;

import gatehouse.analysis.Settings.Setting;
import java.time.Duration;

/** What can be tuned of tailgating. */
public record TailgatingSettings(
    @Setting(value = "passages closer than this are one person", max = 10) Duration gapMin,
    @Setting(value = "who passes later than this is no follower", max = 60) Duration gapMax,
    @Setting(value = "least confidence of a passage that counts", unit = "share", max = 1)
        double trackConfidence,
    @Setting(value = "least confidence at which two too many are an alert", unit = "share", max = 1)
        double multiConfidence,
    @Setting(value = "least quality of a stranger's face", unit = "share", max = 1)
        double faceQuality,
    @Setting(value = "an opening lasts at most this long", min = 1, max = 600) Duration cycleMax,
    @Setting(value = "an opening ends this long after the door closed", max = 60)
        Duration afterClose,
    @Setting(value = "an opening is judged when nothing happened for this time", max = 60)
        Duration settle,
    @Setting(value = "a passage this long before the grant belongs to it", max = 60)
        Duration passedBefore,
    @Setting(value = "a face or exit request this long before the grant belongs to it", max = 60)
        Duration seenBefore,
    @Setting(value = "the same credential again within this time is one use", max = 60)
        Duration rebadge,
    @Setting(value = "how many may come along if the household is not known", max = 100)
        int companions,
    @Setting(value = "how many visitors a pass stands for", max = 100) int visitorsPerPass,
    @Setting(value = "prior openings with too many", min = 0.01) double priorExcess,
    @Setting(value = "prior openings without", min = 0.01) double priorClean,
    @Setting(value = "after this time an opening counts half", min = 1) Duration halfLife,
    @Setting(value = "the increase of a door's excess that matters", min = 1.01, max = 100)
        double increase,
    @Setting(value = "evidence that makes an increase an alert", unit = "ln odds", max = 100)
        double alarm,
    @Setting(
            value = "variance of a day's count divided by its mean",
            unit = "ratio",
            min = 1.01,
            max = 100)
        double dispersion,
    @Setting(value = "so many days are only learned from", max = 365) int learnDays,
    @Setting(value = "a habitually tailgated door is told again after this time", min = 1)
        Duration habitEvery,
    @Setting(
            value = "a door with more strangers a week than this is told of as a whole only",
            min = 1,
            max = TailgatingState.STRANGERS)
        int strangersPerWeek,
    @Setting(value = "share of openings that are tailgated", unit = "share", max = 1)
        double tailgated,
    @Setting(value = "true times known no better than this make the order unknown", max = 3600)
        Duration clockTolerance,
    @Setting(value = "so many standard deviations of a clock are how well it is known", max = 10)
        double clockSigmas,
    @Setting(value = "a fire release holds this long unless the door locks", max = 86_400)
        Duration fireReleaseHolds,
    @Setting(value = "a device's word that it is well counts this long", max = 86_400)
        Duration wellFor)
    implements gatehouse.analysis.Settings {

  /** The values of the specification. */
  public static final TailgatingSettings DEFAULTS =
      new TailgatingSettings(
          Duration.ofMillis(300),
          Duration.ofSeconds(4),
          0.8,
          0.9,
          0.6,
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          3,
          2,
          2,
          98,
          Duration.ofDays(28),
          1.5,
          7,
          2,
          14,
          Duration.ofDays(7),
          5,
          0.02,
          Duration.ofSeconds(2),
          1,
          Duration.ofHours(2),
          Duration.ofMinutes(15));

  Judge judge() {
    return new Judge(gapMin, gapMax, multiConfidence, companions, visitorsPerPass);
  }

  DoorDays.Rules rules() {
    return new DoorDays.Rules(priorExcess, priorClean, halfLife, increase, dispersion, learnDays);
  }
}
