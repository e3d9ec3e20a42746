package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.event.SensorReading;
import gatehouse.fact.Fact;
import gatehouse.model.FireBelief.Level;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fire detector is in alarm, or smoke, heat and carbon monoxide together look like a fire.
 *
 * <p>A device's own alarm is told at once, most urgent, to fire desk, property and residents, and
 * is never held back, lowered or suppressed, not even while a test is announced. What {@link
 * SensorFusion} makes of all sensors of the place only adds to that: it opens a pre-alarm for the
 * property before a detector alarms, raises it to a fire, explains, and says how likely it is. A
 * second place nearby that speaks of fire within {@code adjacentWithin} adds {@code second} to the
 * log odds.
 *
 * <p>Kept for a building. One alert a place, until no detector has been in alarm and nothing has
 * spoken for a fire for {@code normal}. A detector that repeats its alarm is told again each {@code
 * repeat}, as one more piece of evidence of the same alert.
 */
public final class FireAnomaly implements AnalysisModel<Fact, FireAnomaly.State> {

  private static final int PLACES = 64;
  private static final int DETECTORS = 16;
  private static final long DATED = Duration.ofMinutes(10).toSeconds();
  private static final int REMEMBERED_HOURS = 24;
  private static final Duration REMEMBERED = Duration.ofHours(REMEMBERED_HOURS);

  private final Settings settings;

  /** The model with these settings. */
  public FireAnomaly(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "an alarm that is repeated is evidence again after this time", min = 1)
          Duration repeat,
      @Setting(value = "it is over when all has been normal for this long", min = 1)
          Duration normal,
      @Setting(value = "it is over when nothing more has been heard for this long", min = 1)
          Duration silent,
      @Setting(value = "a second place counts if it spoke within this time", max = 3600)
          Duration adjacentWithin,
      @Setting(value = "a second place is within this distance", unit = "m") double adjacentMetres,
      @Setting(value = "a second place speaks for a fire by", max = 20) double second,
      @Setting(value = "a detector's own alarm speaks for a fire by", max = 20) double detector,
      @Setting(value = "share of detectors' alarms that are fires", unit = "share", max = 1)
          double reliability,
      @Setting(value = "the same where the sensors spoke of it before", unit = "share", max = 1)
          double reliabilityAfterSensors,
      @Setting(value = "most that sensors without a detector's alarm are believed", max = 1)
          double mostWithoutDetector)
      implements gatehouse.analysis.Settings {

    /** The values of the specification; those of detectors are judgement. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofDays(1),
            Duration.ofMinutes(2),
            30,
            3,
            2,
            0.5,
            0.97,
            0.8);
  }

  /**
   * What is kept of a building in which something was told.
   *
   * @param places by place id, at most {@value #PLACES}
   */
  public record State(Map<String, Standing> places) {}

  /**
   * A place for which an alert stands.
   *
   * @param place the place
   * @param community its community
   * @param since when it began
   * @param heardAt when it last spoke of fire
   * @param trigger what spoke of it last
   * @param fire whether everybody was told, not only the property
   * @param alarming whether a detector is in alarm by its last word
   * @param detectors when each detector's alarm was last told, at most {@value #DETECTORS}
   * @param normalSince since when all has been normal; null: it is not
   * @param endedAt when its alert was closed; null: it stands. What ended is remembered for {@value
   *     #REMEMBERED_HOURS} hours, so that an alarm that comes late is no fire of its own
   */
  public record Standing(
      Place place,
      String community,
      Instant since,
      Instant heardAt,
      String trigger,
      boolean fire,
      boolean alarming,
      Map<String, Instant> detectors,
      @Nullable Instant normalSince,
      @Nullable Instant endedAt) {

    private Instant endsAt(Settings settings) {
      return normalSince == null
          ? heardAt.plus(settings.silent())
          : normalSince.plus(settings.normal());
    }

    /** When it is to be closed, or forgotten. */
    private Instant dueAt(Settings settings) {
      return endedAt == null ? endsAt(settings) : endedAt.plus(REMEMBERED);
    }

    private Standing ended(Instant at) {
      return new Standing(
          place, community, since, heardAt, trigger, fire, false, detectors, normalSince, at);
    }

    /** Whether an alarm was raised while its alert stood, which has been closed since. */
    private boolean ended(SensorReading alarm) {
      return endedAt != null && !alarm.time().isBefore(since) && !alarm.time().isAfter(endedAt);
    }
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "fire-anomaly",
        1,
        Ordering.ON_ARRIVAL,
        Set.of(SensorReading.class, FireBelief.class),
        State.class,
        Settings.DEFAULTS,
        FireAnomaly::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Fire",
            "火情异常",
            "A fire detector is in alarm: told at once, never held back or suppressed. Smoke, heat"
                + " and carbon monoxide together warn the property before that, raise the alert,"
                + " explain it, and say how likely it is.",
            List.of(Audience.FIRE_DESK, Audience.PROPERTY, Audience.RESIDENT),
            ModelCard.LateData.COMMUTATIVE,
            List.of(
                "Cooking: in cooking hours a dwelling's smoke makes no pre-alarm without heat or"
                    + " carbon monoxide; the detector's own alarm is told nevertheless",
                "Steam: smoke with rising humidity, but neither heat nor carbon monoxide, makes no"
                    + " pre-alarm",
                "Dust and ageing: each sensor is judged against its own background",
                "Tests and drills: a permit silences pre-alarms and is named in the alert; the"
                    + " detector's own alarm is told nevertheless"),
            "The detector's own alarm; fusion as in sensor-fusion (NIST TN 1455)"),
        FireAnomaly::example);
  }

  /** The smallest history in which it finds something: a smoke detector in alarm. */
  public static List<Fact> example() {
    Place flat =
        new Place(
            "flat-301",
            Place.Kind.ROOM,
            "Building 3, flat 301",
            "b3",
            "",
            Sample.TIME_ZONE,
            List.of(),
            List.of(),
            null,
            DoorSpec.NONE,
            List.of(),
            Map.of());
    Instant time = Instant.parse("2026-11-24T01:00:00Z");
    Origin origin =
        new Origin(
            "smoke-1",
            Sample.COMMUNITY,
            "flat-301-smoke",
            Place.of(flat.id()),
            time,
            time.plusMillis(200),
            "b1",
            1,
            false,
            ClockQuality.GOOD);
    return List.of(
        Sample.entry(Sample.COMMUNITY, flat),
        new SensorReading(origin, SensorReading.Kind.SMOKE, 6, "%/m", true));
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof SensorReading reading) {
      return SensorFusion.isAlarm(reading)
          ? List.of(key(reading.community(), reading.place()))
          : List.of();
    }
    return fact instanceof FireBelief belief
        ? List.of(key(belief.community(), belief.place()))
        : List.of();
  }

  private static String key(String community, Place place) {
    return place.building().isEmpty()
        ? community + "/place/" + place.id()
        : community + "/building/" + place.building();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    Map<String, Standing> places = new HashMap<>(before == null ? Map.of() : before.places());
    List<Finding> findings = new ArrayList<>();
    if (fact instanceof SensorReading reading) {
      alarmed(reading, places, findings);
    } else if (fact instanceof FireBelief belief) {
      believed(belief, places, findings);
    }
    return kept(places, findings);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    Map<String, Standing> places = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    state.places().values().stream()
        .sorted(Comparator.comparing(standing -> standing.place().id()))
        .forEach(
            standing -> {
              if (standing.dueAt(settings).isAfter(now)) {
                places.put(standing.place().id(), standing);
              } else if (standing.endedAt() == null) {
                places.put(standing.place().id(), standing.ended(now));
                findings.add(closed(standing, now));
              }
            });
    return kept(places, findings);
  }

  private static Finding closed(Standing standing, Instant now) {
    return Finding.close(
        episode(standing.place()),
        standing.trigger(),
        standing.community(),
        standing.place().id(),
        now,
        standing.normalSince() == null ? "fire-anomaly.silent" : "fire-anomaly.normal-again");
  }

  private void alarmed(
      SensorReading reading, Map<String, Standing> places, List<Finding> findings) {
    Standing last = places.get(reading.place().id());
    boolean ended = last != null && last.ended(reading);
    Standing before = last == null || ended || last.endedAt() == null ? last : null;
    Map<String, Instant> detectors = new HashMap<>(before == null ? Map.of() : before.detectors());
    String detector = reading.device() + '/' + reading.kind();
    Instant told = detectors.get(detector);
    boolean repeated =
        told != null
            && Duration.between(told, reading.time()).abs().compareTo(settings.repeat()) < 0;
    if (!repeated) {
      if (detectors.size() >= DETECTORS) {
        detectors.entrySet().stream()
            .min(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry::getKey))
            .ifPresent(oldest -> detectors.remove(oldest.getKey()));
      }
      detectors.put(detector, reading.time());
    }
    // All was normal after it: it comes late.
    boolean over =
        before != null
            && before.normalSince() != null
            && reading.time().isBefore(before.normalSince());
    Standing standing =
        new Standing(
            reading.place(),
            reading.community(),
            before == null ? reading.time() : before.since(),
            before == null ? reading.time() : latest(before.heardAt(), reading.time()),
            reading.id(),
            true,
            !over && !ended,
            Map.copyOf(detectors),
            over && before != null ? before.normalSince() : null,
            ended && before != null ? before.endedAt() : null);
    put(places, standing);
    boolean known = repeated || (ended && before != null && before.fire());
    if (!known) {
      findings.add(
          finding(standing, reading.time())
              .explanation("fire-anomaly.detector")
              .value("value", number(reading.value()))
              .value("unit", reading.unit())
              .value("time", Labels.clock(reading.time(), reading.place().zone()))
              .evidence(Evidence.of(reading, "fire-anomaly.detector-alarm"))
              // So much more that it is published at once, though the alert is most urgent already.
              .score(
                  before != null && before.fire() && detectors.size() == 1
                      ? settings.reliabilityAfterSensors()
                      : settings.reliability())
              .build());
      if (ended) {
        findings.add(closed(standing, reading.time()));
      }
    }
  }

  private void believed(FireBelief belief, Map<String, Standing> places, List<Finding> findings) {
    Standing last = places.get(belief.place().id());
    Standing before = last == null || last.endedAt() == null ? last : null;
    boolean calm = belief.level() == Level.NONE && !belief.alarming();
    if (calm) {
      // Alarms overtake what the sensors said before them.
      if (before != null && belief.time().isAfter(before.heardAt())) {
        put(places, normal(before, belief.time()));
      }
      return;
    }
    Standing second = second(belief, places);
    double logOdds = belief.logOdds() + (second == null ? 0 : settings.second());
    boolean alarmed = belief.alarming() || (before != null && before.alarming());
    boolean fire =
        alarmed
            || belief.level() == Level.FIRE
            || (second != null && belief.level() == Level.PRE_ALARM)
            || (before != null && before.fire());
    Instant since =
        before != null ? before.since() : belief.since() != null ? belief.since() : belief.time();
    List<Evidence> evidence = belief.evidence();
    String trigger = evidence.isEmpty() ? belief.id() : evidence.get(evidence.size() - 1).eventId();
    Standing standing =
        new Standing(
            belief.place(),
            belief.community(),
            since,
            before == null ? belief.time() : latest(before.heardAt(), belief.time()),
            trigger,
            fire,
            belief.alarming()
                || (before != null
                    && before.alarming()
                    && !belief.time().isAfter(before.heardAt())),
            before == null ? Map.of() : before.detectors(),
            null,
            null);
    put(places, standing);
    if (evidence.isEmpty()) {
      return;
    }
    double odds = Math.exp(logOdds + (alarmed ? settings.detector() : 0));
    findings.add(
        finding(standing, belief.time())
            .explanation(code(belief, alarmed, fire))
            .value("smoke", number(belief.smoke()))
            .value("rise", number(belief.rise()))
            .value("temperature", number(belief.temperature()))
            .value("co", number(belief.carbonMonoxide()))
            .value("second", second == null ? "-" : Labels.of(second.place()))
            .evidence(evidence)
            .score(Math.min(alarmed ? 0.99 : settings.mostWithoutDetector(), odds / (1 + odds)))
            .build());
  }

  private static String code(FireBelief belief, boolean alarmed, boolean fire) {
    if (alarmed) {
      return belief.tested()
          ? "fire-anomaly.detector-during-test"
          : "fire-anomaly.detector-and-sensors";
    }
    return fire ? "fire-anomaly.sensors" : "fire-anomaly.pre-alarm";
  }

  private static Standing normal(Standing standing, Instant now) {
    return new Standing(
        standing.place(),
        standing.community(),
        standing.since(),
        standing.heardAt(),
        standing.trigger(),
        standing.fire(),
        false,
        standing.detectors(),
        standing.normalSince() == null ? now : standing.normalSince(),
        null);
  }

  /** Another place nearby that spoke of fire at about the same time. */
  private @Nullable Standing second(FireBelief belief, Map<String, Standing> places) {
    return places.values().stream()
        .filter(other -> other.endedAt() == null)
        .filter(other -> !other.place().id().equals(belief.place().id()))
        .filter(
            other ->
                Duration.between(other.heardAt(), belief.time())
                        .abs()
                        .compareTo(settings.adjacentWithin())
                    <= 0)
        .filter(other -> near(other.place(), belief.place()))
        .min(Comparator.comparing(other -> other.place().id()))
        .orElse(null);
  }

  /** Places of one building of which no position is known may be next to each other. */
  private boolean near(Place one, Place other) {
    return one.position() == null
        || other.position() == null
        || one.position().distanceTo(other.position()) <= settings.adjacentMetres();
  }

  private static Finding.Builder finding(Standing standing, Instant at) {
    Finding.Builder finding =
        Finding.evidence(
                episode(standing.place()),
                standing.trigger(),
                standing.community(),
                standing.place().id(),
                at)
            .since(standing.since())
            .dated(dated(at))
            .subject("place", standing.place().id(), "fire")
            .severity(standing.fire() ? Severity.P1 : Severity.P2)
            .to(Audience.PROPERTY)
            .value("place", Labels.of(standing.place()))
            .stoppedBy(standing.fire() ? "fire-anomaly.nothing" : "fire-anomaly.normal-in-time");
    return standing.fire() ? finding.to(Audience.FIRE_DESK).to(Audience.RESIDENT) : finding;
  }

  /**
   * Of an alarm and what the sensors said seconds before it, either may be shown first. Fires of a
   * place are further apart than this.
   */
  private static Instant dated(Instant at) {
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), DATED) * DATED);
  }

  private void put(Map<String, Standing> places, Standing standing) {
    places.put(standing.place().id(), standing);
    if (places.size() > PLACES) {
      places.values().stream()
          .min(Comparator.comparing(Standing::heardAt).thenComparing(oldest -> oldest.place().id()))
          .ifPresent(oldest -> places.remove(oldest.place().id()));
    }
  }

  private static String episode(Place place) {
    return "fire/" + place.id();
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private Step<State> kept(Map<String, Standing> places, List<Finding> findings) {
    Instant wakeAt =
        places.values().stream()
            .map(standing -> standing.dueAt(settings))
            .min(Instant::compareTo)
            .orElse(null);
    return new Step<>(
        places.isEmpty() ? null : new State(Map.copyOf(places)), findings, List.of(), wakeAt);
  }
}
