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
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DoorEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.event.PoleAlarm;
import gatehouse.event.SensorReading;
import gatehouse.event.TagRead;
import gatehouse.event.TrackSighting;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.model.health.ClockTrack;
import gatehouse.model.health.Numbering;
import gatehouse.model.health.QualityTrend;
import gatehouse.model.health.Repetition;
import gatehouse.model.health.Rhythm;
import gatehouse.site.Device;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows each device: whether it is alive, what it loses, how far its clock is off, whether it
 * repeats itself, whether its pictures have become worse. Derives {@link DeviceHealth} for every
 * model that concludes from something not seen or compares times, and {@link DeviceFault} for the
 * model device-health. Finds nothing itself.
 *
 * <p>A device is silent when {@code heartbeats} of its learned interval are missed; when its
 * connection is reported lost for {@code offlineFor}; or, if it never sent heartbeats but was
 * followed for {@code quietLearnt}, when it is silent {@code quietFactor} times longer than ever in
 * that time. A device of which nothing was learned, like one of a replayed log, is never silent.
 * Events from a device's store do not count as signs of life.
 */
public final class DevicePulse implements AnalysisModel<Fact, DevicePulse.State> {

  private final Settings settings;

  /** The model with these settings. */
  public DevicePulse(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "so many missed heartbeats are silence", min = 1, max = 1000)
          double heartbeats,
      @Setting(value = "gaps between heartbeats before their interval is known", min = 2, max = 16)
          int learnt,
      @Setting(value = "a heartbeat may be late by this", max = 3600) Duration slack,
      @Setting(value = "a connection reported lost is silence after this time", max = 86_400)
          Duration offlineFor,
      @Setting(value = "without heartbeats, silence is so many times the longest gap", min = 1)
          double quietFactor,
      @Setting(value = "without heartbeats, silence is at least this long", min = 1)
          Duration quietLeast,
      @Setting(value = "without heartbeats, a device is followed this long first", min = 1)
          Duration quietLearnt,
      @Setting(
              value = "share of events that a good line loses",
              unit = "share",
              min = 0.0001,
              max = 0.009)
          double usualLoss,
      @Setting(
              value = "share of events that a faulty line loses",
              unit = "share",
              min = 0.01,
              max = 0.5)
          double loss,
      @Setting(
              value = "a loss is told from this evidence on",
              unit = "ln of a likelihood ratio",
              min = 1,
              max = 15)
          double lossEvidence,
      @Setting(value = "share of events lost from which it counts as blind", max = 1)
          double blindLoss,
      @Setting(value = "a clock this far off is a fault", unit = "s") double offset,
      @Setting(value = "a clock that steps by this is a fault", unit = "s", min = 0.1) double jump,
      @Setting(value = "a step of the clock is a fault for this long", min = 1) Duration jumpFor,
      @Setting(value = "the same again within this time is a duplicate", max = 3600) Duration soon,
      @Setting(value = "repetitions are counted in windows of this length", min = 1)
          Duration window,
      @Setting(value = "so many duplicates in a window are a storm", min = 2) int duplicates,
      @Setting(value = "so many re-sent values in a window are a fault", min = 2) int resent,
      @Setting(value = "and at least this share of all events", unit = "share", max = 1)
          double repeatedShare,
      @Setting(value = "values of quality before a drop is told", min = 10, max = 500)
          int qualityLearnt,
      @Setting(value = "share of quality lost that is a fault", unit = "share", max = 1)
          double confDrop,
      @Setting(value = "share of quality lost that is a fault if it lasts", max = 1)
          double slightDrop,
      @Setting(value = "clocks are told of at most this often", min = 1) Duration clockEvery,
      @Setting(value = "standard deviation of a clock that agrees", unit = "s", min = 0.01)
          double sigmaSynchronised,
      @Setting(value = "standard deviation of a clock nobody set", unit = "s", min = 0.01)
          double sigmaFree,
      @Setting(value = "a device is forgotten after this time of silence", min = 1)
          Duration remember)
      implements gatehouse.analysis.Settings {

    /** The values of the specification; those without heartbeats and of repetition, judgement. */
    public static final Settings DEFAULTS =
        new Settings(
            3,
            5,
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            2,
            Duration.ofHours(12),
            Duration.ofDays(14),
            0.002,
            0.04,
            10,
            0.1,
            5,
            2,
            Duration.ofHours(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            20,
            10,
            0.5,
            300,
            0.15,
            0.07,
            Duration.ofMinutes(5),
            2,
            30,
            Duration.ofDays(30));
  }

  /**
   * What is kept of a device.
   *
   * @param place where it stands
   * @param firstHeard its first event
   * @param last its newest live event
   * @param down the report that its connection was lost, or that it is under maintenance
   * @param maintenance whether it is under maintenance
   * @param longestGap the longest time without a live event
   * @param rhythm its heartbeats
   * @param numbering what it loses
   * @param clock its clock
   * @param repeats whether it repeats itself
   * @param quality its pictures
   * @param fireSensor whether it measures smoke, heat or carbon monoxide
   * @param faults what is wrong by what was derived last: the kind, and since when
   * @param told the health that was derived last
   */
  public record State(
      Place place,
      Instant firstHeard,
      Evidence last,
      @Nullable Evidence down,
      boolean maintenance,
      Duration longestGap,
      Rhythm rhythm,
      Numbering numbering,
      ClockTrack clock,
      Repetition repeats,
      QualityTrend quality,
      boolean fireSensor,
      Map<String, Instant> faults,
      @Nullable DeviceHealth told) {

    private State with(Map<String, Instant> wrong, @Nullable DeviceHealth health) {
      return new State(
          place,
          firstHeard,
          last,
          down,
          maintenance,
          longestGap,
          rhythm,
          numbering,
          clock,
          repeats,
          quality,
          fireSensor,
          Map.copyOf(wrong),
          health);
    }

    private boolean has(DeviceFault.Kind kind) {
      return faults.containsKey(kind.name());
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "device-pulse",
            1,
            Ordering.EVENT_TIME,
            Set.of(
                PlateRead.class,
                FaceCapture.class,
                AccessEvent.class,
                DoorEvent.class,
                TrackSighting.class,
                TagRead.class,
                SensorReading.class,
                PoleAlarm.class,
                DeviceStatus.class,
                Device.class),
            State.class,
            Settings.DEFAULTS,
            DevicePulse::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Pulse of a device",
                "设备脉搏",
                "Measures of each device whether it sees everything, and how far its clock is off;"
                    + " serves device-health and all models that compare times or conclude from"
                    + " something not seen.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Missed heartbeats; gaps of sequence numbers; minimum filter for clock offsets (Paxson,"
                    + " 1998); EWMA charts (Roberts, 1959)"),
            List::of)
        .deriving(DeviceHealth.class)
        .deriving(DeviceFault.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof DeviceEvent event) {
      return event.device().isEmpty()
          ? List.of()
          : List.of(event.community() + '/' + event.device());
    }
    return fact instanceof Device device && !device.active()
        ? List.of(device.community() + '/' + device.id())
        : List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof DeviceEvent event) {
      State heard = heard(event, before);
      return heard == null ? Step.keep(before) : judged(key, heard, event.time());
    }
    return before == null ? Step.forget() : removed(key, before, fact.time());
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    Instant forgetAt = state.last().time().plus(settings.remember());
    return forgetAt.isAfter(now) ? judged(key, state, now) : removed(key, state, now);
  }

  /** The device is gone: nothing is wrong with it any more. */
  private Step<State> removed(String key, State state, Instant now) {
    List<DerivedFact> derived = new ArrayList<>();
    for (DeviceFault.Kind kind : DeviceFault.Kind.values()) {
      if (state.has(kind)) {
        derived.add(fault(key, state, kind, false, now, now, Map.of()));
      }
    }
    return new Step<>(null, List.of(), List.copyOf(derived), null);
  }

  private @Nullable State heard(DeviceEvent event, @Nullable State before) {
    boolean down =
        event instanceof DeviceStatus status
            && (status.state() == DeviceStatus.State.OFFLINE
                || status.state() == DeviceStatus.State.MAINTENANCE);
    boolean live = !down && !event.origin().buffered();
    Evidence seen = Evidence.of(event, "device-health.last-event");
    if (before == null) {
      // What only tells that it is gone, or comes from a store, is no beginning.
      return live
          ? learned(
              event,
              new State(
                  event.place(),
                  event.time(),
                  seen,
                  null,
                  false,
                  Duration.ZERO,
                  Rhythm.NONE,
                  Numbering.NONE,
                  ClockTrack.NONE,
                  Repetition.NONE,
                  QualityTrend.NONE,
                  false,
                  Map.of(),
                  null),
              seen)
          : null;
    }
    if (down) {
      boolean maintenance = ((DeviceStatus) event).state() == DeviceStatus.State.MAINTENANCE;
      Evidence report = Evidence.of(event, "device-health.reported-down");
      return new State(
          before.place(),
          before.firstHeard(),
          before.last(),
          before.down() == null || maintenance != before.maintenance() ? report : before.down(),
          maintenance,
          before.longestGap(),
          before.rhythm(),
          before.numbering(),
          before.clock(),
          before.repeats(),
          before.quality(),
          before.fireSensor(),
          before.faults(),
          before.told());
    }
    return live ? learned(event, before, seen) : fromStore(event, before);
  }

  private State fromStore(DeviceEvent event, State before) {
    return new State(
        before.place(),
        before.firstHeard(),
        before.last(),
        before.down(),
        before.maintenance(),
        before.longestGap(),
        before.rhythm(),
        before.numbering().after(event.origin(), settings.usualLoss(), settings.loss(), true),
        before.clock(),
        before.repeats(),
        before.quality(),
        before.fireSensor(),
        before.faults(),
        before.told());
  }

  private State learned(DeviceEvent event, State before, Evidence seen) {
    Instant now = event.time();
    Duration gap = Duration.between(before.last().time(), now);
    Duration interval = before.rhythm().interval(settings.learnt());
    boolean outage =
        before.down() != null
            || before.has(DeviceFault.Kind.SILENT)
            || (interval != null && gap.compareTo(interval.multipliedBy(2)) > 0);
    double quality = quality(event);
    return new State(
        event.place(),
        before.firstHeard(),
        seen,
        null,
        false,
        // A gap that was told as silence is no habit.
        !outage && gap.compareTo(before.longestGap()) > 0 ? gap : before.longestGap(),
        event instanceof DeviceStatus ? before.rhythm().beat(now) : before.rhythm(),
        before.numbering().after(event.origin(), settings.usualLoss(), settings.loss(), outage),
        before.clock().after(event, settings.jump()),
        before.repeats().after(event, settings.soon(), settings.window()),
        quality <= 0
            ? before.quality()
            : before
                .quality()
                .after(
                    quality,
                    now.atZone(event.place().zone()).getHour(),
                    !before.has(DeviceFault.Kind.QUALITY)),
        before.fireSensor()
            || (event instanceof SensorReading reading && SensorFusion.isOfFire(reading)),
        before.faults(),
        before.told());
  }

  private static double quality(DeviceEvent event) {
    return event instanceof PlateRead read
        ? read.confidence()
        : event instanceof FaceCapture face ? face.quality() : 0;
  }

  private Step<State> judged(String key, State state, Instant now) {
    List<DerivedFact> derived = new ArrayList<>();
    Map<String, Instant> faults = new HashMap<>(state.faults());
    for (DeviceFault.Kind kind : DeviceFault.Kind.values()) {
      boolean stood = state.has(kind);
      boolean stands = wrong(kind, state, now);
      if (stands != stood) {
        Instant since = stands ? since(kind, state, now) : now;
        derived.add(
            fault(key, state, kind, stands, now, since, stands ? values(kind, state) : Map.of()));
        if (stands) {
          faults.put(kind.name(), since);
        } else {
          faults.remove(kind.name());
        }
      }
    }
    State next = state.with(faults, state.told());
    DeviceHealth health = health(key, next, now);
    if (worthTelling(next, health, now)) {
      derived.add(health);
      next = next.with(faults, health);
    }
    return new Step<>(next, List.of(), List.copyOf(derived), nextWake(next, now));
  }

  private boolean wrong(DeviceFault.Kind kind, State state, Instant now) {
    boolean stood = state.has(kind);
    return switch (kind) {
      case SILENT -> {
        Instant at = silentAt(state);
        yield at != null && !at.isAfter(now);
      }
      case LOSSY ->
          stood
              ? state.numbering().evidence() > 0
              : state.numbering().evidence() >= settings.lossEvidence();
      case CLOCK -> {
        ClockTrack.Reading clock = state.clock().reading();
        double off = clock == null ? 0 : Math.abs(clock.offset());
        yield steppedOf(state, now)
            || (clock == null ? stood : off > (stood ? settings.offset() / 2 : settings.offset()));
      }
      case DUPLICATES -> storm(state, stood, settings.duplicates(), Repetition.Counts::duplicates);
      case RESENT -> storm(state, stood, settings.resent(), Repetition.Counts::resent);
      case QUALITY ->
          stood
              ? state.quality().loss() > settings.slightDrop() / 2
              : state
                  .quality()
                  .dropped(settings.qualityLearnt(), settings.confDrop(), settings.slightDrop());
    };
  }

  private boolean steppedOf(State state, Instant now) {
    Instant at = state.clock().steppedAt();
    return at != null && at.plus(settings.jumpFor()).isAfter(now);
  }

  /** It lasts until a window has passed without it. */
  private boolean storm(
      State state, boolean stood, int limit, ToIntFunction<Repetition.Counts> repeated) {
    Repetition counted = state.repeats();
    return Stream.of(counted.window(), counted.before())
        .limit(stood ? 2 : 1)
        .anyMatch(
            window ->
                repeated.applyAsInt(window) >= limit
                    && repeated.applyAsInt(window) >= settings.repeatedShare() * window.events());
  }

  /** When the device is silent unless it is heard before; null: nothing is known of that. */
  private @Nullable Instant silentAt(State state) {
    if (state.maintenance()) {
      return null;
    } else if (state.down() != null) {
      return state.down().time().plus(settings.offlineFor());
    }
    Duration interval = state.rhythm().interval(settings.learnt());
    if (interval != null) {
      long missed = Math.round(interval.toMillis() * settings.heartbeats());
      return state.last().time().plusMillis(missed).plus(settings.slack());
    }
    boolean followed =
        Duration.between(state.firstHeard(), state.last().time()).compareTo(settings.quietLearnt())
            >= 0;
    // The clock of a replayed log is unknown, and its end is no silence.
    if (!followed || state.last().clock() == ClockQuality.UNKNOWN) {
      return null;
    }
    long quiet = Math.round(state.longestGap().toMillis() * settings.quietFactor());
    return state.last().time().plusMillis(Math.max(quiet, settings.quietLeast().toMillis()));
  }

  private Instant since(DeviceFault.Kind kind, State state, Instant now) {
    Instant stepped = state.clock().steppedAt();
    return switch (kind) {
      case SILENT -> state.last().time();
      case CLOCK -> steppedOf(state, now) && stepped != null ? stepped : now;
      case LOSSY, DUPLICATES, RESENT, QUALITY -> now;
    };
  }

  private static Map<String, String> values(DeviceFault.Kind kind, State state) {
    return switch (kind) {
      case SILENT -> Map.of();
      case LOSSY -> Map.of("share", number(state.numbering().share() * 100));
      case CLOCK -> {
        ClockTrack.Reading clock = state.clock().reading();
        yield Map.of("offset", number(clock == null ? lastAhead(state.clock()) : clock.offset()));
      }
      case DUPLICATES -> repeated(state.repeats().window().duplicates(), state);
      case RESENT -> repeated(state.repeats().window().resent(), state);
      case QUALITY -> Map.of("share", number(state.quality().loss() * 100));
    };
  }

  private static Map<String, String> repeated(int count, State state) {
    return Map.of(
        "count", Integer.toString(count),
        "events", Integer.toString(state.repeats().window().events()));
  }

  private static double lastAhead(ClockTrack clock) {
    List<ClockTrack.Sample> samples = clock.samples();
    return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).ahead();
  }

  private DeviceFault fault(
      String key,
      State state,
      DeviceFault.Kind kind,
      boolean active,
      Instant now,
      Instant since,
      Map<String, String> values) {
    Duration interval = state.rhythm().interval(settings.learnt());
    Evidence last = state.last();
    return new DeviceFault(
        String.join("/", last.device(), kind.name(), active ? "on" : "off"),
        community(key),
        now,
        last.device(),
        state.place(),
        kind,
        active,
        since,
        kind != DeviceFault.Kind.CLOCK || steppedOf(state, now),
        state.place().kind() == Place.Kind.VEHICLE_GATE || state.fireSensor(),
        interval == null ? Duration.ZERO : interval,
        values,
        last);
  }

  private DeviceHealth health(String key, State state, Instant now) {
    boolean silent = state.has(DeviceFault.Kind.SILENT);
    boolean sees =
        !silent
            && state.down() == null
            && !(state.has(DeviceFault.Kind.LOSSY)
                && state.numbering().share() > settings.blindLoss());
    ClockTrack.Reading clock = state.clock().reading();
    double sigma =
        state.last().clock() == ClockQuality.GOOD
            ? settings.sigmaSynchronised()
            : settings.sigmaFree();
    return new DeviceHealth(
        state.last().device(),
        community(key),
        now,
        state.last().device(),
        state.place(),
        sees,
        seconds(clock == null ? 0 : clock.offset()),
        seconds(clock == null ? sigma : clock.sigma()),
        sees || state.maintenance() || !(silent || state.down() != null)
            ? now
            : state.last().time());
  }

  private boolean worthTelling(State state, DeviceHealth now, Instant at) {
    DeviceHealth before = state.told();
    boolean measured = state.clock().reading() != null;
    if (before == null) {
      boolean learned = measured || state.rhythm().interval(settings.learnt()) != null;
      return learned || !now.sees();
    }
    if (before.sees() != now.sees()) {
      return true;
    }
    double moved = Math.abs(millis(now.clockOffset()) - millis(before.clockOffset()));
    double spread = millis(now.clockSigma()) / millis(before.clockSigma());
    boolean material =
        moved > Math.max(500, millis(before.clockSigma()) / 2) || spread > 1.5 || spread < 0.6;
    boolean stepped = moved > settings.jump() * 1000;
    return measured
        && material
        && (stepped || !at.isBefore(before.time().plus(settings.clockEvery())));
  }

  private static double millis(Duration duration) {
    return Math.max(1, duration.abs().toMillis()) * (duration.isNegative() ? -1.0 : 1.0);
  }

  private Instant nextWake(State state, Instant now) {
    Instant wakeAt = state.last().time().plus(settings.remember());
    Instant silentAt = silentAt(state);
    if (silentAt != null && silentAt.isAfter(now) && silentAt.isBefore(wakeAt)) {
      wakeAt = silentAt;
    }
    Instant stepped = state.clock().steppedAt();
    if (state.has(DeviceFault.Kind.CLOCK) && stepped != null) {
      Instant over = stepped.plus(settings.jumpFor());
      wakeAt = over.isAfter(now) && over.isBefore(wakeAt) ? over : wakeAt;
    }
    return wakeAt;
  }

  private static String community(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
