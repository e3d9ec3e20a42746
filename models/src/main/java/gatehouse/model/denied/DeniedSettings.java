package gatehouse.model.denied;

import gatehouse.analysis.Settings;
import java.time.Duration;
import java.time.LocalTime;

/** What can be tuned of {@link gatehouse.model.DeniedBurst}. */
public record DeniedSettings(
    @Setting(value = "so many denials are a burst", min = 2, max = Attempts.AT_A_DOOR) int count,
    @Setting(value = "a burst is within this time", min = 1, max = 3600) Duration window,
    @Setting(value = "so many different doors refuse one subject", min = 2, max = 16) int doors,
    @Setting(value = "the doors are within this time", min = 1, max = 86_400) Duration doorsWindow,
    @Setting(value = "so many different credentials are refused at one door", min = 2, max = 16)
        int credentials,
    @Setting(value = "the credentials are within this time, and nobody is let in", min = 1)
        Duration credentialsWindow,
    @Setting(value = "so many denials within a day are slow probing", min = 2, max = 16)
        int slowCount,
    @Setting(value = "least surprise of so many denials in a day", unit = "-log10 p", max = 20)
        double slowSurprise,
    @Setting(value = "least surprise of a burst at its door", unit = "-log10 p", max = 20)
        double burstSurprise,
    @Setting(value = "so many denials before a grant are suspicious", min = 2, max = 16)
        int grantAfterCount,
    @Setting(value = "the grant comes this long after the last denial", max = 3600)
        Duration grantAfter,
    @Setting(value = "variance of counts divided by their mean", min = 1.1, max = 20)
        double dispersion,
    @Setting(value = "denials a day at a door of which nothing is known", min = 0.01, max = 1000)
        double doorPrior,
    @Setting(value = "denials a day of a subject of which nothing is known", min = 0.01, max = 100)
        double subjectPrior,
    @Setting(value = "no rate is taken to be lower, denials a day", min = 0.001, max = 100)
        double floor,
    @Setting(value = "after this time a denial counts half in the rate", min = 86_400)
        Duration halfLife,
    @Setting(
            value = "this share of different credentials refused means the reader fails",
            unit = "share",
            max = 1)
        double faultShare,
    @Setting(value = "different credentials it takes to judge the reader", min = 2, max = 32)
        int faultCredentials,
    @Setting(value = "so many of the refused ones used to work at this door", min = 1, max = 32)
        int faultKnown,
    @Setting(value = "the reader is judged by this time", min = 1, max = 86_400)
        Duration faultWindow,
    @Setting(value = "the same card refused again within this time is one attempt", max = 60)
        Duration sameAttempt,
    @Setting(value = "a face or plate seen again within this time is one attempt", max = 600)
        Duration recapture,
    @Setting(
            value =
                "an unmatched face is an attempt if the door decides nothing this long before"
                    + " and after",
            max = 60)
        Duration faceSettles,
    @Setting(value = "least quality of a face that counts", unit = "share", max = 1)
        double faceQuality,
    @Setting("local time at which the night begins") LocalTime nightFrom,
    @Setting("local time at which the night ends") LocalTime nightTo,
    @Setting(value = "a device's word that it is well counts this long", max = 86_400)
        Duration wellFor,
    @Setting(value = "a quiet door is remembered this long", min = 86_400) Duration doorMemory,
    @Setting(value = "a subject is remembered this long after its last denial", min = 86_400)
        Duration subjectMemory)
    implements Settings {

  /** The values of the specification. */
  public static final DeniedSettings DEFAULTS =
      new DeniedSettings(
          5,
          Duration.ofMinutes(3),
          3,
          Duration.ofMinutes(10),
          3,
          Duration.ofMinutes(5),
          12,
          4,
          2.5,
          4,
          Duration.ofSeconds(60),
          3,
          1,
          0.1,
          0.1,
          Duration.ofDays(28),
          0.6,
          5,
          3,
          Duration.ofMinutes(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          0.6,
          LocalTime.of(23, 0),
          LocalTime.of(5, 0),
          Duration.ofMinutes(15),
          Duration.ofDays(180),
          Duration.ofDays(30));
}
