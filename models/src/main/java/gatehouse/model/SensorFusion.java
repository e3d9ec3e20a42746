package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.SensorReading;
import gatehouse.event.SensorReading.Kind;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.FireBelief.Level;
import gatehouse.model.door.NightHours;
import gatehouse.model.fire.SensorTrack;
import gatehouse.model.fire.SensorTrack.Judging;
import gatehouse.registry.Permit;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Weighs what the sensors of a place say of a fire: L = L0 + Σ weight · min(x, clip), where each x
 * is 1 at what a single detector of its kind would alarm at: smoke at {@code smokeZ} standard
 * deviations above its background for {@code hold}, a rise of {@code rate} degrees a minute, {@code
 * fixed} degrees, carbon monoxide of {@code coPpm} and rising. Cooking hours in a dwelling and
 * steam (humidity up, no carbon monoxide, no rise of temperature) speak against a fire, an e-bike
 * for it. Finds nothing itself; {@link FireAnomaly} tells what must be told.
 *
 * <p>L ≥ {@code pre} for {@code hold} is a pre-alarm, L ≥ {@code alarm} for as long a fire.
 *
 * <p>Source: cooking and steam are the leading nuisance, and combined sensors tell them from fires:
 * NIST TN 1455 (2004), R. Gottuk et al. on smoke and carbon monoxide (Fire Safety Journal 37,
 * 2002). Rates and fixed temperature are those of common heat detectors (EN 54-5). Weights are
 * judgement.
 */
public final class SensorFusion implements AnalysisModel<Fact, SensorFusion.State> {

  private static final int SENSORS = 16;
  private static final int PERMITS = 8;
  private static final Set<String> ANNOUNCING = Set.of("drill", "maintenance", "fire-test");

  private final Settings settings;
  private final NightHours lunch;
  private final NightHours dinner;

  /** The model with these settings. */
  public SensorFusion(Settings settings) {
    this.settings = settings;
    this.lunch = new NightHours(settings.lunchFrom(), settings.lunchTo());
    this.dinner = new NightHours(settings.dinnerFrom(), settings.dinnerTo());
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "log odds of a fire before anything is known", min = -20, max = 0)
          double prior,
      @Setting(value = "log odds that make a pre-alarm", min = -20, max = 20) double pre,
      @Setting(value = "log odds that make a fire", min = -20, max = 20) double alarm,
      @Setting(value = "a pre-alarm ends this far below", max = 20) double hysteresis,
      @Setting(value = "it must last this long", max = 600) Duration hold,
      @Setting(value = "each sign counts at most so many times its threshold", min = 1, max = 10)
          double clip,
      @Setting(value = "smoke above its background", unit = "standard deviations", min = 1)
          double smokeZ,
      @Setting(value = "least standard deviation of smoke", unit = "%/m", min = 1e-4)
          double smokeNoise,
      @Setting(value = "rise of temperature", unit = "°C/min", min = 0.1) double rate,
      @Setting(value = "over this time", min = 1, max = 600) Duration rateWindow,
      @Setting(value = "fixed temperature", unit = "°C", min = 30) double fixed,
      @Setting(value = "carbon monoxide, rising", unit = "ppm", min = 1) double coPpm,
      @Setting(value = "humidity above its background that tells steam", unit = "%", min = 1)
          double steamRise,
      @Setting(value = "weight of smoke", max = 20) double smokeWeight,
      @Setting(value = "weight of a rise of temperature", max = 20) double rateWeight,
      @Setting(value = "weight of temperature", max = 20) double temperatureWeight,
      @Setting(value = "weight of carbon monoxide", max = 20) double coWeight,
      @Setting(value = "cooking hours speak against a fire by", max = 20) double cooking,
      @Setting(value = "steam speaks against a fire by", max = 20) double steam,
      @Setting(value = "an e-bike speaks for a fire by", max = 20) double charging,
      @Setting(value = "an e-bike seen there counts this long", max = 604_800) Duration bikeFor,
      @Setting("local time from which lunch is cooked") LocalTime lunchFrom,
      @Setting("local time until which lunch is cooked") LocalTime lunchTo,
      @Setting("local time from which dinner is cooked") LocalTime dinnerFrom,
      @Setting("local time until which dinner is cooked") LocalTime dinnerTo,
      @Setting(value = "half-life of a sensor's background", min = 60) Duration halfLife,
      @Setting(value = "readings before a background is known", min = 2, max = 10_000) int learnt,
      @Setting(value = "a reading counts this long", min = 1) Duration fresh,
      @Setting(value = "what lasts is said again after this time", min = 1) Duration repeat,
      @Setting(value = "a sensor that says nothing is forgotten after this time", min = 1)
          Duration remember)
      implements gatehouse.analysis.Settings {

    /** The values of the specification; prior and clip are judgement. */
    public static final Settings DEFAULTS =
        new Settings(
            -1.5,
            0,
            2,
            0.5,
            Duration.ofSeconds(15),
            2,
            6,
            0.05,
            8,
            Duration.ofMinutes(1),
            57,
            30,
            8,
            1,
            1.5,
            1,
            1.2,
            2,
            2,
            1,
            Duration.ofHours(8),
            LocalTime.of(11, 0),
            LocalTime.of(13, 0),
            LocalTime.of(17, 0),
            LocalTime.of(20, 0),
            Duration.ofHours(24),
            12,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofDays(7));
  }

  /**
   * What is kept of a place.
   *
   * @param sensors at most {@value #SENSORS}, the one heard last at the end
   * @param bikeAt when an e-bike was last seen there
   * @param permits what announces tests, at most {@value #PERMITS}
   * @param preSince since when enough has spoken for a pre-alarm; null: it does not
   * @param fireSince since when enough has spoken for a fire; null: it does not
   * @param told what was last derived
   */
  public record State(
      List<SensorTrack> sensors,
      @Nullable Instant bikeAt,
      List<Permit> permits,
      @Nullable Instant preSince,
      @Nullable Instant fireSince,
      @Nullable FireBelief told) {

    private static final State NEW = new State(List.of(), null, List.of(), null, null, null);

    private State with(List<SensorTrack> next) {
      return new State(List.copyOf(next), bikeAt, permits, preSince, fireSince, told);
    }

    private State bikeSeen(Instant at) {
      return new State(sensors, at, permits, preSince, fireSince, told);
    }

    private State permitted(List<Permit> next) {
      return new State(sensors, bikeAt, next, preSince, fireSince, told);
    }

    private State since(@Nullable Instant pre, @Nullable Instant fire) {
      return new State(sensors, bikeAt, permits, pre, fire, told);
    }

    private State told(FireBelief belief) {
      return new State(sensors, bikeAt, permits, preSince, fireSince, belief);
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "sensor-fusion",
            1,
            Ordering.EVENT_TIME,
            Set.of(SensorReading.class, TrackSighting.class, Permit.class),
            State.class,
            Settings.DEFAULTS,
            SensorFusion::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Fusion of fire sensors",
                "火情传感器融合",
                "Weighs smoke, temperature, carbon monoxide and humidity of a place against their"
                    + " backgrounds; serves fire-anomaly.",
                List.of(),
                LateData.LEARNED,
                List.of(),
                "Multi-sensor fire detection: NIST TN 1455 (2004); thresholds of EN 54-5; weights are"
                    + " judgement"),
            List::of)
        .deriving(FireBelief.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof SensorReading reading) {
      return isOfFire(reading)
          ? List.of(reading.community() + '/' + reading.place().id())
          : List.of();
    } else if (fact instanceof TrackSighting sighting) {
      return sighting.kind() == TrackSighting.Kind.E_BIKE
              && sighting.place().kind() != Place.Kind.LIFT
          ? List.of(sighting.community() + '/' + sighting.place().id())
          : List.of();
    }
    return fact instanceof Permit permit && ANNOUNCING.contains(permit.kind())
        ? permit.places().stream()
            .distinct()
            .map(place -> permit.community() + '/' + place)
            .toList()
        : List.of();
  }

  /** Whether a fire detector is in alarm; alarms of other sensors are not of fire. */
  static boolean isAlarm(SensorReading reading) {
    return reading.alarm() && isOfFire(reading) && reading.kind() != Kind.HUMIDITY;
  }

  /** Whether a reading can tell of a fire. */
  static boolean isOfFire(SensorReading reading) {
    return switch (reading.kind()) {
      case SMOKE, TEMPERATURE, CARBON_MONOXIDE, HUMIDITY -> true;
      case POWER, WATER, MOTION, DOOR, LOAD, NOISE, OTHER -> false;
    };
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    if (fact instanceof SensorReading reading) {
      return read(reading, state);
    } else if (fact instanceof TrackSighting sighting) {
      return kept(state.bikeSeen(sighting.time()), sighting.time());
    } else if (fact instanceof Permit permit) {
      return kept(state.permitted(Validity.with(state.permits(), permit, PERMITS)), permit.time());
    }
    return kept(state, fact.time());
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return Step.forget();
  }

  private Step<State> read(SensorReading reading, State before) {
    Instant now = reading.time();
    State state = before.with(sensors(reading, before.sensors()));
    Weighing weighing = weigh(state, reading.place(), now);
    double logOdds = weighing.logOdds();
    double ends = settings.pre() - settings.hysteresis();
    boolean goesOn = before.preSince() != null && logOdds >= ends;
    Instant preSince =
        logOdds >= settings.pre() || goesOn
            ? before.preSince() == null ? now : before.preSince()
            : null;
    Instant fireSince =
        logOdds >= settings.alarm() ? before.fireSince() == null ? now : before.fireSince() : null;
    state = state.since(preSince, fireSince);
    boolean tested = state.permits().stream().anyMatch(permit -> permit.entry().validAt(now));
    Level level =
        tested || !lasts(preSince, now)
            ? Level.NONE
            : lasts(fireSince, now) ? Level.FIRE : Level.PRE_ALARM;
    FireBelief belief = weighing.belief(reading, level, preSince, tested);
    return worthTelling(state.told(), belief)
        ? kept(state.told(belief), now).derive(belief)
        : kept(state, now);
  }

  private List<SensorTrack> sensors(SensorReading reading, List<SensorTrack> before) {
    Evidence evidence =
        Evidence.of(
            reading, isAlarm(reading) ? "fire-anomaly.detector-alarm" : "fire-anomaly.reading");
    List<SensorTrack> sensors = new ArrayList<>(before);
    SensorTrack known =
        before.stream()
            .filter(sensor -> sensor.device().equals(reading.device()))
            .filter(sensor -> sensor.kind() == reading.kind())
            .findFirst()
            .orElse(null);
    sensors.remove(known);
    sensors.add(
        known == null
            ? SensorTrack.first(reading, evidence)
            : known.next(reading, evidence, judging(reading.kind())));
    if (sensors.size() > SENSORS) {
      sensors.remove(0);
    }
    return sensors;
  }

  private Judging judging(Kind kind) {
    double noise = kind == Kind.SMOKE ? settings.smokeNoise() : 1;
    return new Judging(
        settings.halfLife(), settings.learnt(), noise, settings.smokeZ(), settings.rateWindow());
  }

  /** What speaks for and against a fire at a place, sensor by sensor the strongest of its kind. */
  private record Weighing(
      double logOdds,
      double smoke,
      double rise,
      @Nullable Double temperature,
      @Nullable Double carbonMonoxide,
      boolean alarming,
      List<Evidence> evidence) {

    FireBelief belief(SensorReading reading, Level level, @Nullable Instant since, boolean tested) {
      return new FireBelief(
          reading.place().id() + '/' + reading.device() + '/' + reading.id(),
          reading.community(),
          // After the reading itself, in every host.
          reading.time().plusMillis(1),
          reading.place(),
          logOdds,
          level,
          since,
          alarming,
          tested,
          smoke,
          rise,
          temperature,
          carbonMonoxide,
          evidence);
    }
  }

  private Weighing weigh(State state, Place place, Instant now) {
    double smoke = 0;
    double rise = 0;
    double heat = 0;
    double monoxide = 0;
    boolean humid = false;
    Double temperature = null;
    Double ppm = null;
    List<Evidence> evidence = new ArrayList<>();
    for (SensorTrack sensor : state.sensors()) {
      boolean fresh = !sensor.at().plus(settings.fresh()).isBefore(now);
      double counts = fresh ? counts(sensor, now) : 0;
      Judging judging = judging(sensor.kind());
      if (fresh) {
        switch (sensor.kind()) {
          case SMOKE -> smoke = Math.max(smoke, counts);
          case TEMPERATURE -> {
            double perMinute = sensor.risePerMinute(judging) / settings.rate();
            rise = Math.max(rise, perMinute);
            heat = Math.max(heat, counts);
            temperature = greater(temperature, sensor.value());
            counts = Math.max(counts, perMinute);
          }
          case CARBON_MONOXIDE -> {
            monoxide = Math.max(monoxide, counts);
            ppm = greater(ppm, sensor.value());
          }
          case HUMIDITY ->
              humid |=
                  sensor.knows(judging) && sensor.value() - sensor.mean() >= settings.steamRise();
          default -> {}
        }
      }
      if (counts >= 0.25 || inAlarm(sensor)) {
        evidence.add(sensor.last());
      }
    }
    double signs =
        settings.smokeWeight() * clip(smoke)
            + settings.rateWeight() * clip(rise)
            + settings.temperatureWeight() * clip(heat)
            + settings.coWeight() * clip(monoxide);
    boolean cool = rise < 0.5 && monoxide < 0.5;
    double context =
        (cool && cooks(place, now) ? -settings.cooking() : 0)
            + (cool && humid ? -settings.steam() : 0)
            + (signs > 0 && bikeThere(state, now) ? settings.charging() : 0);
    return new Weighing(
        settings.prior() + signs + context,
        smoke * settings.smokeZ(),
        rise * settings.rate(),
        temperature,
        ppm,
        state.sensors().stream().anyMatch(SensorFusion::inAlarm),
        List.copyOf(evidence));
  }

  /** How far a sensor is on the way to what it would alarm at alone. */
  private double counts(SensorTrack sensor, Instant now) {
    Judging judging = judging(sensor.kind());
    return switch (sensor.kind()) {
      case SMOKE ->
          lasts(sensor.aboveSince(), now) ? sensor.deviation(judging) / settings.smokeZ() : 0;
      case TEMPERATURE -> {
        // Until the usual is known, heat counts from far above what rooms have.
        double usual = sensor.knows(judging) ? Math.min(sensor.mean(), 50) : 40;
        yield (sensor.value() - usual) / (settings.fixed() - usual);
      }
      case CARBON_MONOXIDE ->
          sensor.risePerMinute(judging) > 0 ? sensor.value() / settings.coPpm() : 0;
      default -> 0;
    };
  }

  private static boolean inAlarm(SensorTrack sensor) {
    return sensor.alarm() && sensor.kind() != Kind.HUMIDITY;
  }

  private double clip(double sign) {
    return Math.max(0, Math.min(settings.clip(), sign));
  }

  private static Double greater(@Nullable Double known, double value) {
    return known == null ? value : Math.max(known, value);
  }

  /** People cook in dwellings, not in garages, corridors or plant rooms. */
  private boolean cooks(Place place, Instant now) {
    boolean dwelling =
        Stream.concat(place.from().stream(), place.to().stream())
            .allMatch(zone -> zone.use() == Zone.Use.GENERAL);
    return dwelling && (lunch.contain(now, place) || dinner.contain(now, place));
  }

  private boolean bikeThere(State state, Instant now) {
    return state.bikeAt() != null && !state.bikeAt().plus(settings.bikeFor()).isBefore(now);
  }

  private boolean lasts(@Nullable Instant since, Instant now) {
    return since != null && !since.plus(settings.hold()).isAfter(now);
  }

  private boolean worthTelling(@Nullable FireBelief before, FireBelief now) {
    boolean calm = now.level() == Level.NONE && !now.alarming();
    if (before == null) {
      return !calm;
    }
    boolean changed = before.level() != now.level() || before.alarming() != now.alarming();
    boolean again = !calm && !now.time().isBefore(before.time().plus(settings.repeat()));
    boolean more = !calm && now.logOdds() >= before.logOdds() + 1;
    return changed || again || more;
  }

  private Step<State> kept(State state, Instant now) {
    return Step.keep(state).wakeAt(now.plus(settings.remember()));
  }
}
