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
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DoorEvent;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.model.door.Alarm;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.DoorKey;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.door.DoorReleases;
import gatehouse.registry.Permit;
import gatehouse.site.Device;
import gatehouse.site.Place;
import gatehouse.stats.DurationSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A door stands open longer than it may.
 *
 * <p>The limit is the door's own if the site names one; else 30 s for a fire door; else 60 s (a
 * vehicle gate 180 s), or longer if the door's own openings usually last longer: the {@code
 * quantile} of their durations, never more than {@code propped}. Beyond the limit the alert opens
 * with P4, at {@code stageTwoFactor} times the limit it rises to P3, and after {@code propped} to
 * P2; a fire door is one step more urgent. It closes when the door does.
 *
 * <p>While a scheduled or fire release or a permit (moving house, maintenance, drill) lets the door
 * stand open, time does not count; it begins anew when that ends. When the device of the contact is
 * blind, whether the door still stands open is not known: no alert, and an open one closes, saying
 * so.
 *
 * <p>A series of openings that each stay below the limit, but are long for this door, is an alert
 * of its own when it has {@code repeats} of them: somebody props it again and again.
 *
 * <p>Source: vendors' door-held supervision (warn 30 s, alarm 60 s, debounce 1 s); ten minutes for
 * a propped door is one campus's published standard; the quantile is {@link DurationSketch}'s.
 */
public final class DoorHeldOpen implements AnalysisModel<Fact, DoorHeldOpen.State> {

  private static final DoorReleases.Roles ROLES =
      new DoorReleases.Roles(
          "door-held-open.last-grant",
          "door-held-open.last-exit-request",
          "door-held-open.last-release");
  private static final int ALARMS = 8;
  private static final int LONG_OPENINGS = 16;
  private static final Duration USUAL_OPENING = Duration.ofSeconds(10);

  private final Settings settings;

  /** The model with these settings. */
  public DoorHeldOpen(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "least limit of a door that has none of its own", min = 1, max = 86_400)
          Duration limit,
      @Setting(value = "limit of a fire door that has none of its own", min = 1, max = 86_400)
          Duration fireDoorLimit,
      @Setting(value = "least limit of a vehicle gate without its own", min = 1, max = 86_400)
          Duration gateLimit,
      @Setting(
              value = "a door's limit is at least what this share of its openings stays below",
              unit = "share",
              min = 0.5,
              max = 0.999999)
          double quantile,
      @Setting(value = "openings to learn from before that share is used", min = 1, max = 100_000)
          int minOpenings,
      @Setting(value = "after this time an opening counts half", min = 86_400) Duration halfLife,
      @Setting(value = "so many times the limit make stage two", min = 1, max = 100)
          double stageTwoFactor,
      @Setting(value = "after this time a door is propped open", min = 1, max = 86_400)
          Duration propped,
      @Setting(value = "a shorter opening is never one of a series", min = 1, max = 86_400)
          Duration warn,
      @Setting(
              value = "an opening of a series is longer than this share of the door's openings",
              unit = "share",
              min = 0.5,
              max = 0.999999)
          double warnQuantile,
      @Setting(value = "so many openings of a series are an alert", min = 2, max = LONG_OPENINGS)
          int repeats,
      @Setting(value = "a series is within this time", min = 60, max = 86_400)
          Duration repeatWithin,
      @Setting(value = "a contact that opens again within this time only bounced", max = 10)
          Duration debounce,
      @Setting(value = "a fire release holds this long unless the door locks", max = 86_400)
          Duration fireReleaseHolds,
      @Setting(value = "a device's word that it is well counts this long", max = 86_400)
          Duration wellFor)
      implements gatehouse.analysis.Settings {

    /** The values of the specification. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(180),
            0.999,
            100,
            Duration.ofDays(28),
            5,
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            0.9,
            5,
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Duration.ofHours(2),
            Duration.ofMinutes(15));
  }

  /**
   * What is kept of a door.
   *
   * @param devices whether its devices could see everything
   * @param releases what let it open, and may let it stand open
   * @param permits what lets it stand open
   * @param opening the opening that lasts or bounces; null: closed
   * @param usual how long it usually stands open
   * @param series the long openings of late, at most {@value #LONG_OPENINGS}
   * @param inSeries whether their alert is open
   * @param alarms the newest openings that became an alert, at most {@value #ALARMS}
   */
  public record State(
      DeviceWatch devices,
      DoorReleases releases,
      DoorPermits permits,
      @Nullable Opening opening,
      DurationSketch usual,
      List<Evidence> series,
      boolean inSeries,
      List<Alarm> alarms) {

    private static final State NEW =
        new State(
            DeviceWatch.NONE,
            DoorReleases.NONE,
            DoorPermits.NONE,
            null,
            DurationSketch.empty(USUAL_OPENING),
            List.of(),
            false,
            List.of());

    private State devices(DeviceWatch next) {
      return new State(next, releases, permits, opening, usual, series, inSeries, alarms);
    }

    private State releases(DoorReleases next) {
      return new State(devices, next, permits, opening, usual, series, inSeries, alarms);
    }

    private State permits(DoorPermits next) {
      return new State(devices, releases, next, opening, usual, series, inSeries, alarms);
    }

    private State opening(@Nullable Opening next) {
      return new State(devices, releases, permits, next, usual, series, inSeries, alarms);
    }

    private State usual(DurationSketch next) {
      return new State(devices, releases, permits, opening, next, series, inSeries, alarms);
    }

    private State series(List<Evidence> next, boolean open) {
      return new State(devices, releases, permits, opening, usual, next, open, alarms);
    }

    private State alarms(List<Alarm> next) {
      return new State(devices, releases, permits, opening, usual, series, inSeries, next);
    }
  }

  /**
   * The door stands open, or has just closed.
   *
   * @param contact the event that opened it
   * @param limit how long it may stand open
   * @param warn from when it is long for this door
   * @param fireDoor whether it must not stand open
   * @param countedFrom since when time counts; null: it may stand open for now
   * @param judgedFor how much of that time was judged already
   * @param alarmed whether its alert is open
   * @param closed id of the event that closed it; null: still open
   * @param closedAt when it closed
   */
  public record Opening(
      Evidence contact,
      Duration limit,
      Duration warn,
      boolean fireDoor,
      @Nullable Instant countedFrom,
      Duration judgedFor,
      boolean alarmed,
      @Nullable String closed,
      @Nullable Instant closedAt) {

    private Opening counting(@Nullable Instant from) {
      return new Opening(
          contact, limit, warn, fireDoor, from, Duration.ZERO, false, closed, closedAt);
    }

    private Opening judged(Duration until, boolean nowAlarmed) {
      return new Opening(
          contact, limit, warn, fireDoor, countedFrom, until, nowAlarmed, closed, closedAt);
    }

    private Opening closedBy(@Nullable String event, @Nullable Instant at) {
      return new Opening(
          contact, limit, warn, fireDoor, countedFrom, judgedFor, alarmed, event, at);
    }
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "door-held-open",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            DoorEvent.class,
            AccessEvent.class,
            PlateRead.class,
            DeviceStatus.class,
            DeviceHealth.class,
            Device.class,
            Permit.class),
        State.class,
        Settings.DEFAULTS,
        DoorHeldOpen::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Door held open",
            "门常开未关",
            "A door stands open longer than its own limit; more urgent at five times the limit and"
                + " after ten minutes. Closes when the door closes.",
            List.of(Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "Somebody moves house, or works on the door: a permit naming the door lets it stand"
                    + " open, also when it is recorded afterwards",
                "A door that is held open on a schedule: time does not count meanwhile",
                "A busy entrance: the limit grows with the door's own usual openings",
                "A close that was not seen: no alert while the contact's device is blind",
                "A bouncing contact: closing for less than a second is no closing"),
            "Vendors' door-held supervision; one campus's standard of 10 minutes for a propped"
                + " door; quantile of the door's own openings with a generalised Pareto tail"),
        DoorHeldOpen::example);
  }

  /** The smallest history in which it finds something: a door opens and does not close. */
  public static List<Fact> example() {
    return List.of(
        DoorExample.door(), new DoorEvent(DoorExample.origin(1, DoorExample.TIME), Change.OPENED));
  }

  @Override
  public List<String> keys(Fact fact) {
    return DoorKey.of(fact, DoorPermits.DOOR_MAY_STAND_OPEN);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    List<Finding> findings = new ArrayList<>();
    if (fact instanceof Permit permit) {
      state = explained(key, permit, state, findings);
    } else if (fact instanceof Device device) {
      state = device.active() ? state : state.devices(state.devices().without(device.id()));
    } else if (fact instanceof DeviceHealth health) {
      state = state.devices(state.devices().after(health));
      state = unlessBlind(key, health.time(), state, findings);
    } else if (fact instanceof DeviceEvent event) {
      state =
          state
              .devices(state.devices().after(event))
              .releases(state.releases().after(event, ROLES));
      state = unlessBlind(key, event.time(), state, findings);
      if (event instanceof DoorEvent door) {
        state = changed(door, state);
      }
    }
    state = suspendedOrCounting(key, fact.time(), state, findings);
    return Step.keep(state).findings(findings).wakeAt(nextWake(fact.time(), state));
  }

  @Override
  public Step<State> onWake(String key, Instant now, State before) {
    List<Finding> findings = new ArrayList<>();
    State state = settled(key, now, before, findings);
    state = suspendedOrCounting(key, now, state, findings);
    state = judged(key, now, state, findings);
    state = calmed(key, now, state, findings);
    return Step.keep(state).findings(findings).wakeAt(nextWake(now, state));
  }

  private State changed(DoorEvent door, State state) {
    Opening opening = state.opening();
    return switch (door.change()) {
      case OPENED ->
          state.opening(opening == null ? opening(door, state) : opening.closedBy(null, null));
      case CLOSED ->
          opening == null || opening.closedAt() != null
              ? state
              : state.opening(opening.closedBy(door.id(), door.time()));
      default -> state;
    };
  }

  private Opening opening(DoorEvent door, State state) {
    Duration limit = limit(door.place(), state.usual());
    Duration warn = settings.warn();
    if (known(state.usual())) {
      warn = longer(warn, state.usual().quantile(settings.warnQuantile()));
    }
    return new Opening(
        Evidence.of(door, "door-held-open.contact-opened"),
        limit,
        warn,
        door.place().door().fireDoor(),
        mayStandOpen(door.time(), state) ? null : door.time(),
        Duration.ZERO,
        false,
        null,
        null);
  }

  private Duration limit(Place place, DurationSketch usual) {
    Duration own = place.door().openLimit();
    if (own != null) {
      return own;
    } else if (place.door().fireDoor()) {
      return settings.fireDoorLimit();
    }
    Duration least =
        place.kind() == Place.Kind.VEHICLE_GATE ? settings.gateLimit() : settings.limit();
    if (!known(usual)) {
      return least;
    }
    Duration learned = usual.quantile(settings.quantile());
    Duration most = longer(least, settings.propped());
    return learned.compareTo(most) > 0 ? most : longer(least, learned);
  }

  private boolean known(DurationSketch usual) {
    return usual.size() >= settings.minOpenings();
  }

  /** An opening whose close may have been missed is no opening any more. */
  private State unlessBlind(String key, Instant now, State state, List<Finding> findings) {
    Opening opening = state.opening();
    if (opening == null
        || opening.closedAt() != null
        || state.devices().sawSince(opening.contact().device(), opening.contact().time())) {
      return state;
    }
    closeAlert(key, opening, "door-held-open.lost-sight", now, findings);
    return state.opening(null);
  }

  /** A closing that did not bounce ends the opening. */
  private State settled(String key, Instant now, State state, List<Finding> findings) {
    Opening opening = state.opening();
    if (opening == null
        || opening.closedAt() == null
        || now.isBefore(opening.closedAt().plus(settings.debounce()))) {
      return state;
    }
    closeAlert(key, opening, "door-held-open.closed", opening.closedAt(), findings);
    State closed = state.opening(null);
    if (opening.countedFrom() == null) {
      return closed;
    }
    Duration lasted = Duration.between(opening.countedFrom(), opening.closedAt());
    if (!opening.alarmed() && lasted.compareTo(opening.warn()) >= 0) {
      closed = oneMore(key, opening.closedAt(), closed, opening, findings);
    }
    boolean ordinary =
        opening.countedFrom().equals(opening.contact().time())
            && lasted.compareTo(settings.propped()) < 0;
    return ordinary
        ? closed.usual(closed.usual().plus(lasted, opening.closedAt(), settings.halfLife()))
        : closed;
  }

  private State suspendedOrCounting(String key, Instant now, State state, List<Finding> findings) {
    Opening opening = state.opening();
    if (opening == null || opening.closedAt() != null) {
      return state;
    }
    boolean allowed = mayStandOpen(now, state);
    if (allowed && opening.countedFrom() != null) {
      closeAlert(key, opening, "door-held-open.released", now, findings);
      return state.opening(opening.counting(null));
    }
    return !allowed && opening.countedFrom() == null ? state.opening(opening.counting(now)) : state;
  }

  private boolean mayStandOpen(Instant now, State state) {
    return state.releases().lasting(now, settings.fireReleaseHolds()) || state.permits().cover(now);
  }

  private State judged(String key, Instant now, State state, List<Finding> findings) {
    Opening opening = state.opening();
    if (opening == null || opening.closedAt() != null || opening.countedFrom() == null) {
      return state;
    }
    Duration open = Duration.between(opening.countedFrom(), now);
    boolean staged =
        stages(opening)
            .anyMatch(due -> due.compareTo(opening.judgedFor()) > 0 && due.compareTo(open) <= 0);
    State next = state;
    if (staged) {
      findings.add(held(key, now, state, opening, open));
      next = state.alarms(withAlarm(state.alarms(), opening, now));
    }
    return next.opening(opening.judged(open, opening.alarmed() || staged));
  }

  private Stream<Duration> stages(Opening opening) {
    return Stream.of(opening.limit(), stageTwo(opening), propped(opening));
  }

  private Duration stageTwo(Opening opening) {
    return Duration.ofMillis(Math.round(opening.limit().toMillis() * settings.stageTwoFactor()));
  }

  /** A door that may stand open longer than that is propped at stage two. */
  private Duration propped(Opening opening) {
    return settings.propped().compareTo(opening.limit()) > 0
        ? settings.propped()
        : stageTwo(opening);
  }

  private Finding held(String key, Instant now, State state, Opening opening, Duration open) {
    DoorKey door = DoorKey.parse(key);
    boolean propped = open.compareTo(propped(opening)) >= 0;
    boolean stageTwo = open.compareTo(stageTwo(opening)) >= 0;
    Severity severity = propped ? Severity.P2 : stageTwo ? Severity.P3 : Severity.P4;
    return Finding.evidence(
            episode(door, opening.contact().eventId()),
            opening.contact().eventId(),
            door.community(),
            door.place(),
            now)
        .since(opening.contact().time())
        .subject("door", door.place(), "door")
        .severity(opening.fireDoor() ? severity.raised() : severity)
        .to(Audience.PROPERTY)
        .explanation(
            propped
                ? "door-held-open.propped"
                : stageTwo ? "door-held-open.far-beyond-limit" : "door-held-open.beyond-limit")
        .value("seconds", open.toSeconds())
        .value("limit", opening.limit().toSeconds())
        .stoppedBy("door-held-open.close-in-time")
        .evidence(state.releases().evidence())
        .evidence(opening.contact())
        .score(known(state.usual()) ? Math.max(0.5, 1 - state.usual().survival(open)) : 0.5)
        .coverage(state.devices().coverage(now, settings.wellFor()))
        .build();
  }

  /** One more opening that is long for this door. */
  private State oneMore(
      String key, Instant now, State state, Opening opening, List<Finding> findings) {
    DoorKey door = DoorKey.parse(key);
    List<Evidence> series = new ArrayList<>(recent(state.series(), now));
    series.add(opening.contact());
    if (series.size() > LONG_OPENINGS) {
      series.remove(0);
    }
    boolean alert = series.size() >= settings.repeats();
    if (alert) {
      findings.add(
          Finding.evidence(
                  series(door), opening.contact().eventId(), door.community(), door.place(), now)
              .since(series.get(0).time())
              .subject("door", door.place(), "door")
              .severity(opening.fireDoor() ? Severity.P3 : Severity.P4)
              .to(Audience.PROPERTY)
              .explanation("door-held-open.again-and-again")
              .value("count", series.size())
              .value("minutes", settings.repeatWithin().toMinutes())
              .value("seconds", Duration.between(opening.contact().time(), now).toSeconds())
              .stoppedBy("door-held-open.close-in-time")
              .evidence(series)
              .coverage(state.devices().coverage(now, settings.wellFor()))
              .build());
    }
    return state.series(List.copyOf(series), state.inSeries() || alert);
  }

  private List<Evidence> recent(List<Evidence> series, Instant now) {
    Instant from = now.minus(settings.repeatWithin());
    return series.stream().filter(opening -> opening.time().isAfter(from)).toList();
  }

  /** The series is over when its last opening is old. */
  private State calmed(String key, Instant now, State state, List<Finding> findings) {
    if (!state.inSeries() || !recent(state.series(), now).isEmpty()) {
      return state;
    }
    DoorKey door = DoorKey.parse(key);
    String last = state.series().get(state.series().size() - 1).eventId();
    findings.add(
        Finding.close(
            series(door), last, door.community(), door.place(), now, "door-held-open.calm-again"));
    return state.series(List.of(), false);
  }

  private static List<Alarm> withAlarm(List<Alarm> alarms, Opening opening, Instant now) {
    String trigger = opening.contact().eventId();
    if (alarms.stream().anyMatch(alarm -> alarm.trigger().equals(trigger))) {
      return alarms;
    }
    List<Alarm> next = new ArrayList<>(alarms);
    next.add(new Alarm(trigger, opening.contact().time(), now));
    if (next.size() > ALARMS) {
      next.remove(0);
    }
    return List.copyOf(next);
  }

  /** A permit explains what it covers, also what was an alert before it was recorded. */
  private static State explained(String key, Permit permit, State state, List<Finding> findings) {
    DoorKey door = DoorKey.parse(key);
    DoorPermits permits = state.permits().with(permit);
    List<Alarm> left = new ArrayList<>();
    for (Alarm alarm : state.alarms()) {
      if (!permits.cover(alarm.at())) {
        left.add(alarm);
        continue;
      }
      findings.add(
          Finding.retract(
              episode(door, alarm.trigger()),
              alarm.trigger(),
              door.community(),
              door.place(),
              permit.time(),
              "door-held-open.permit"));
    }
    State next = state.permits(permits).alarms(List.copyOf(left));
    Opening opening = state.opening();
    return opening == null ? next : next.opening(restarted(opening, permit, left));
  }

  /** Time counts from the end of a permit that is over, unless an alert stands nevertheless. */
  private static Opening restarted(Opening opening, Permit permit, List<Alarm> standing) {
    Instant end = permit.entry().validTo();
    Instant countedFrom = opening.countedFrom();
    boolean alertStands =
        standing.stream().anyMatch(alarm -> alarm.trigger().equals(opening.contact().eventId()));
    return end == null
            || countedFrom == null
            || end.isAfter(permit.time())
            || !end.isAfter(countedFrom)
            || alertStands
        ? opening
        : opening.counting(end);
  }

  /** Each opening has its own, so that each can be taken back. */
  private static String episode(DoorKey door, String opened) {
    return "open/" + door.place() + '/' + opened;
  }

  private static String series(DoorKey door) {
    return "series/" + door.place();
  }

  private static void closeAlert(
      String key, Opening opening, String code, Instant at, List<Finding> findings) {
    if (!opening.alarmed()) {
      return;
    }
    DoorKey door = DoorKey.parse(key);
    String trigger = opening.closed() == null ? opening.contact().eventId() : opening.closed();
    findings.add(
        Finding.close(
            episode(door, opening.contact().eventId()),
            trigger,
            door.community(),
            door.place(),
            at,
            code));
  }

  private @Nullable Instant nextWake(Instant now, State state) {
    List<@Nullable Instant> times = new ArrayList<>();
    if (state.inSeries()) {
      Evidence last = state.series().get(state.series().size() - 1);
      times.add(last.time().plus(settings.repeatWithin()));
    }
    Opening opening = state.opening();
    if (opening != null) {
      times.add(nextWake(now, state, opening));
    }
    return times.stream().filter(time -> time != null).min(Instant::compareTo).orElse(null);
  }

  private @Nullable Instant nextWake(Instant now, State state, Opening opening) {
    if (opening.closedAt() != null) {
      return opening.closedAt().plus(settings.debounce());
    } else if (opening.countedFrom() == null) {
      return endOfPermission(now, state);
    }
    return stages(opening)
        .filter(time -> time.compareTo(opening.judgedFor()) > 0)
        .min(Duration::compareTo)
        .map(opening.countedFrom()::plus)
        .orElse(null);
  }

  private @Nullable Instant endOfPermission(Instant now, State state) {
    Instant fire = state.releases().fireEnds(now, settings.fireReleaseHolds());
    Instant permit = state.permits().nextEnd(now);
    if (fire == null || permit == null) {
      return fire == null ? permit : fire;
    }
    return fire.isBefore(permit) ? fire : permit;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
