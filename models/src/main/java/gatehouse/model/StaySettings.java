package gatehouse.model;

import gatehouse.analysis.Settings;
import gatehouse.analysis.Settings.Setting;
import java.time.Duration;

/** How long a visit may last, and what proves that it does. */
public record StaySettings(
    @Setting("a visitor without a pass that ends") Duration visitor,
    @Setting("a courier") Duration courier,
    @Setting("a contractor") Duration contractor,
    @Setting("a vehicle that is not registered as a resident's") Duration visitorVehicle,
    @Setting("how long somebody may stay after the end of the pass") Duration passGrace,
    @Setting(
            value = "where many visits are known, at most this share may be longer",
            unit = "share",
            min = 1e-6,
            max = 0.5)
        double longest,
    @Setting(value = "so many visits are many", min = 1) double minVisits,
    @Setting(value = "a learned limit is at most this many times the given one", min = 1)
        double mostLearned,
    @Setting("half-life of what is known of visits") Duration halfLife,
    @Setting("a vehicle that stays this long may be abandoned") Duration abandonedWarning,
    @Setting("a vehicle that stays this long is abandoned") Duration abandoned,
    @Setting(
            value = "share of visits that last beyond their limit",
            unit = "share",
            min = 1e-6,
            max = 0.5)
        double overstayShare,
    @Setting(value = "prior exits that were not read", min = 1e-6) double priorMissed,
    @Setting(value = "prior exits that were read", min = 1e-6) double priorRead,
    @Setting(
            value = "silence is an alert if it is that probable that the visitor is inside",
            unit = "probability",
            max = 1)
        double certainty,
    @Setting(value = "a plate must be read this surely to open a visit", unit = "share", max = 1)
        double confidence,
    @Setting(
            value = "another plate, misread, explains a read from this probability on",
            unit = "probability",
            max = 1)
        double excuse,
    @Setting(value = "a plate that was read so often lately is no visitor's", min = 1)
        double regular,
    @Setting("the same passage again within this time is one") Duration doubleUse,
    @Setting("who leaves without having come in is told after the border was watched this long")
        Duration watchedFor,
    @Setting("an open visit of a person is forgotten after this time") Duration rememberPerson,
    @Setting("an open visit of a vehicle is forgotten after this time") Duration rememberVehicle,
    @Setting("a visit that was told can be explained so long after its end") Duration remember)
    implements Settings {

  static final StaySettings DEFAULTS =
      new StaySettings(
          Duration.ofHours(12),
          Duration.ofMinutes(60),
          Duration.ofHours(12),
          Duration.ofHours(24),
          Duration.ofMinutes(60),
          0.001,
          200,
          3,
          Duration.ofDays(60),
          Duration.ofDays(7),
          Duration.ofDays(14),
          0.005,
          0.1,
          49.9,
          0.6,
          0.9,
          1e-7,
          10,
          Duration.ofMinutes(2),
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(400),
          Duration.ofDays(7));
}
