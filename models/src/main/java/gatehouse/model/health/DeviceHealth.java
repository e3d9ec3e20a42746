package gatehouse.model.health;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
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
import gatehouse.event.DeviceStatus;
import gatehouse.event.Origin;
import gatehouse.fact.Fact;
import gatehouse.model.DeviceFault;
import gatehouse.model.DeviceFault.Kind;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Devices that are silent, lose events, have a clock that is off, repeat themselves, or see badly.
 *
 * <p>Kept for a community, so that what has one cause is one alert. A device that falls silent
 * waits for one interval of its heartbeats, at most {@code gather}: if {@code linkDevices} or more
 * were last heard within {@code together}, their common line is lost, and that is one alert, which
 * later ones join and which closes when four of five are back. Clocks that have been off from the
 * first are one alert as well; a clock that steps, and every other fault, is an alert of its own.
 *
 * <p>The measuring is {@link gatehouse.model.DevicePulse}'s.
 */
public final class DeviceHealth implements AnalysisModel<DeviceFault, DeviceHealth.State> {

  private static final String CLOCKS = "clocks";
  private static final int SILENT = 500;
  private static final int OFF = 200;
  private static final int SHOWN = 20;
  private static final double MOST_ARE_BACK = 0.2;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final Settings settings;

  /** The model with these settings. */
  public DeviceHealth(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "a silent device waits for others at least this long", max = 3600)
          Duration gatherLeast,
      @Setting(value = "and at most this long", max = 3600) Duration gather,
      @Setting(value = "devices last heard within this time may share a line", max = 86_400)
          Duration together,
      @Setting(value = "so many silent devices are a lost line", min = 2, max = 1000)
          int linkDevices,
      @Setting(value = "clocks that are off are gathered for this long", max = 86_400)
          Duration gatherClocks,
      @Setting(value = "share of such faults that are true", unit = "share", max = 1)
          double reliability)
      implements gatehouse.analysis.Settings {

    /** Judgement. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            3,
            Duration.ofHours(1),
            0.9);
  }

  /**
   * What is kept of a community.
   *
   * @param silent silent devices, at most {@value #SILENT}, in the order in which they fell silent
   * @param links how many devices each lost line took
   * @param clocks clocks that are off, at most {@value #OFF}
   * @param clocksDue when they are told; null: they were, or there are none
   */
  public record State(
      List<SilentDevice> silent,
      Map<String, Integer> links,
      List<OffClock> clocks,
      @Nullable Instant clocksDue) {

    private static final State NEW = new State(List.of(), Map.of(), List.of(), null);

    private boolean isEmpty() {
      return silent.isEmpty() && clocks.isEmpty();
    }
  }

  /**
   * A clock that has been off from the first.
   *
   * @param device its device
   * @param offset seconds it is ahead, as shown to people
   * @param last the newest event of the device
   */
  public record OffClock(String device, String offset, Evidence last) {}

  /** Its line in the catalogue. */
  public static ModelEntry<DeviceFault, State, Settings> entry() {
    return new ModelEntry<>(
        "device-health",
        1,
        Ordering.EVENT_TIME,
        Set.of(DeviceFault.class),
        State.class,
        Settings.DEFAULTS,
        DeviceHealth::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Device health",
            "设备健康",
            "A device is silent, loses events, has a clock that is off, repeats itself, sends old"
                + " values as new, or sees worse than it used to. One alert for a lost line, not"
                + " one for each device on it.",
            List.of(Audience.OPERATIONS),
            ModelCard.LateData.ORDERED,
            List.of(
                "A device that sends no heartbeats, or a replayed log: its own rhythm is learned"
                    + " first; without one it is never called silent",
                "Nights and quiet doors: silence is measured by heartbeats, not by how many people"
                    + " pass",
                "Maintenance: a device that says so is not silent",
                "A slow network: the clock is read off the fastest deliveries",
                "Bad light: quality is compared with the same hour of other days",
                "An outage in which events were stored: numbers missing after it are no loss"),
            "Missed heartbeats; gaps of sequence numbers; minimum filter for clock offsets (Paxson,"
                + " 1998); EWMA charts (Roberts, 1959)"),
        DeviceHealth::example);
  }

  /** The smallest history in which it finds something: six heartbeats, then silence. */
  public static List<Fact> example() {
    Instant built = Instant.parse("2026-01-01T00:00:00Z");
    Place gate =
        new Place(
            "g-west",
            Place.Kind.VEHICLE_GATE,
            "West gate",
            "",
            "",
            "Asia/Shanghai",
            List.of(),
            List.of(),
            null,
            DoorSpec.NONE,
            List.of(),
            Map.of());
    List<Fact> history = new ArrayList<>();
    history.add(new PlaceEntry("maple", built, built, gate));
    for (int beat = 1; beat <= 6; beat++) {
      Instant time = Instant.parse("2026-11-24T06:00:00Z").plusSeconds(60L * beat);
      Origin origin =
          new Origin(
              "beat-" + beat,
              "maple",
              "g-west-camera",
              Place.of("g-west"),
              time,
              time.plusMillis(200),
              "b1",
              beat,
              false,
              ClockQuality.GOOD);
      history.add(new DeviceStatus(origin, DeviceStatus.State.ONLINE, "", List.of(), null, null));
    }
    return history;
  }

  @Override
  public List<String> keys(DeviceFault fault) {
    return List.of(fault.community());
  }

  @Override
  public Step<State> onEvent(String key, DeviceFault fault, @Nullable State before) {
    State state = before == null ? State.NEW : before;
    List<Finding> findings = new ArrayList<>();
    if (fault.kind() == Kind.SILENT) {
      state = fault.active() ? silent(fault, state, findings) : back(fault, state, findings);
    } else if (fault.kind() == Kind.CLOCK && !(fault.active() && fault.sudden())) {
      state = clock(fault, state, findings);
    } else {
      findings.add(fault.active() ? finding(fault) : over(fault));
    }
    return kept(state, findings);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State before) {
    List<Finding> findings = new ArrayList<>();
    State state = before;
    for (SilentDevice device : before.silent()) {
      boolean waits = state.silent().contains(device) && device.waits();
      if (waits && !device.dueAt().isAfter(now)) {
        state = judged(key, device, state, now, findings);
      }
    }
    if (state.clocksDue() != null && !state.clocksDue().isAfter(now)) {
      state = new State(state.silent(), state.links(), state.clocks(), null);
      findings.add(clocksOff(key, state, now));
    }
    return kept(state, findings);
  }

  private State silent(DeviceFault fault, State state, List<Finding> findings) {
    Duration wait =
        fault.interval().compareTo(settings.gather()) > 0 ? settings.gather() : fault.interval();
    SilentDevice device =
        new SilentDevice(
            fault.device(),
            fault.place().id(),
            label(fault.place()),
            LOCAL.format(fault.since().atZone(fault.place().zone())),
            fault.important(),
            fault.since(),
            fault
                .time()
                .plus(wait.compareTo(settings.gatherLeast()) < 0 ? settings.gatherLeast() : wait),
            "",
            fault.last());
    List<SilentDevice> all = new ArrayList<>(state.silent());
    all.removeIf(known -> known.device().equals(fault.device()));
    SilentDevice link =
        all.stream()
            .filter(SilentDevice::ofLink)
            .filter(other -> together(other, device))
            .findFirst()
            .orElse(null);
    all.add(link == null ? device : device.in(link.episode()));
    if (all.size() > SILENT) {
      all.remove(all.size() - 1);
    }
    State next = new State(List.copyOf(all), state.links(), state.clocks(), state.clocksDue());
    if (link == null) {
      return next;
    }
    State joined = withLink(next, link.episode());
    findings.add(linkLost(fault.community(), joined, link.episode(), fault.time()));
    return joined;
  }

  /** Alone, or one of many: decided when the first of them has waited long enough. */
  private State judged(
      String community, SilentDevice device, State state, Instant now, List<Finding> findings) {
    List<SilentDevice> group =
        state.silent().stream()
            .filter(other -> !other.ofLink() && together(other, device))
            .sorted(Comparator.comparing(SilentDevice::since).thenComparing(SilentDevice::device))
            .toList();
    if (group.size() < settings.linkDevices()) {
      findings.add(silentAlone(community, device, now));
      return replaced(state, List.of(device), device.alone());
    }
    for (SilentDevice other : group) {
      if (!other.waits()) {
        findings.add(
            Finding.retract(
                other.episode(),
                other.last().eventId(),
                community,
                other.place(),
                now,
                "device-health.part-of-link"));
      }
    }
    String link = group.get(0).link();
    State next = withLink(replaced(state, group, link), link);
    findings.add(linkLost(community, next, link, now));
    return next;
  }

  private static State replaced(State state, List<SilentDevice> group, String episode) {
    List<SilentDevice> silent =
        state.silent().stream()
            .map(device -> group.contains(device) ? device.in(episode) : device)
            .toList();
    return new State(silent, state.links(), state.clocks(), state.clocksDue());
  }

  private static State withLink(State state, String link) {
    Map<String, Integer> links = new HashMap<>(state.links());
    links.merge(link, members(state, link).size(), Math::max);
    return new State(state.silent(), Map.copyOf(links), state.clocks(), state.clocksDue());
  }

  private static List<SilentDevice> members(State state, String link) {
    return state.silent().stream().filter(device -> device.episode().equals(link)).toList();
  }

  private boolean together(SilentDevice one, SilentDevice other) {
    return Duration.between(one.since(), other.since()).abs().compareTo(settings.together()) <= 0;
  }

  private State back(DeviceFault fault, State state, List<Finding> findings) {
    SilentDevice device =
        state.silent().stream()
            .filter(known -> known.device().equals(fault.device()))
            .findFirst()
            .orElse(null);
    if (device == null) {
      return state;
    }
    List<SilentDevice> left = new ArrayList<>(state.silent());
    left.remove(device);
    Map<String, Integer> links = new HashMap<>(state.links());
    if (!device.waits() && !device.ofLink()) {
      findings.add(closed(fault, device.episode(), "device-health.heard-again"));
    } else if (device.ofLink()) {
      String link = device.episode();
      List<SilentDevice> still =
          left.stream().filter(other -> other.episode().equals(link)).toList();
      if (still.size() <= MOST_ARE_BACK * links.getOrDefault(link, 1)) {
        findings.add(closed(fault, link, "device-health.link-back"));
        links.remove(link);
        Instant due = fault.time().plus(settings.gather());
        left.replaceAll(other -> still.contains(other) ? other.waiting(due) : other);
      }
    }
    return new State(List.copyOf(left), Map.copyOf(links), state.clocks(), state.clocksDue());
  }

  private State clock(DeviceFault fault, State state, List<Finding> findings) {
    List<OffClock> clocks = new ArrayList<>(state.clocks());
    boolean known = clocks.removeIf(clock -> clock.device().equals(fault.device()));
    Instant due = state.clocksDue();
    if (fault.active()) {
      clocks.add(
          new OffClock(fault.device(), fault.values().getOrDefault("offset", "?"), fault.last()));
      if (clocks.size() > OFF) {
        clocks.remove(0);
      }
      due = state.clocks().isEmpty() ? fault.time().plus(settings.gatherClocks()) : due;
    } else if (!known) {
      findings.add(over(fault));
    } else if (clocks.isEmpty()) {
      if (due == null) {
        findings.add(closed(fault, CLOCKS, "device-health.over"));
      }
      due = null;
    }
    State next = new State(state.silent(), state.links(), List.copyOf(clocks), due);
    if (fault.active() && due == null) {
      findings.add(clocksOff(fault.community(), next, fault.time()));
    }
    return next;
  }

  private Finding silentAlone(String community, SilentDevice device, Instant now) {
    return Finding.evidence(device.alone(), device.last().eventId(), community, device.place(), now)
        .since(device.since())
        .subject("device", device.device(), "device")
        .to(Audience.OPERATIONS)
        .severity(device.important() ? Severity.P2 : Severity.P3)
        .explanation("device-health.silent")
        .value("device", device.device())
        .value("place", device.label())
        .value("time", device.time())
        .stoppedBy("device-health.any-event")
        .evidence(device.last())
        .coverage(Coverage.ASSUMED)
        .score(settings.reliability())
        .build();
  }

  private Finding linkLost(String community, State state, String link, Instant now) {
    List<SilentDevice> members =
        members(state, link).stream()
            .sorted(Comparator.comparing(SilentDevice::since).thenComparing(SilentDevice::device))
            .toList();
    SilentDevice first = members.get(0);
    Finding.Builder finding =
        Finding.evidence(link, first.last().eventId(), community, first.place(), now)
            .since(first.since())
            .to(Audience.OPERATIONS)
            .severity(Severity.P2)
            .explanation("device-health.link-lost")
            .value("count", state.links().getOrDefault(link, members.size()))
            .value("device", first.device())
            .value("place", first.label())
            .value("time", first.time())
            .stoppedBy("device-health.any-event-of-most")
            .coverage(Coverage.ASSUMED)
            .score(settings.reliability());
    members.stream()
        .limit(SHOWN)
        .forEach(
            device -> finding.subject("device", device.device(), "device").evidence(device.last()));
    return finding.build();
  }

  private Finding clocksOff(String community, State state, Instant now) {
    Evidence first = state.clocks().get(0).last();
    Finding.Builder finding =
        Finding.evidence(CLOCKS, first.eventId(), community, first.place(), now)
            .since(first.time())
            .to(Audience.OPERATIONS)
            .severity(Severity.P4)
            .explanation("device-health.clocks-off")
            .value("count", state.clocks().size())
            .value("device", state.clocks().get(0).device())
            .value("offset", state.clocks().get(0).offset())
            .stoppedBy("device-health.clocks-set")
            .score(settings.reliability());
    state.clocks().stream()
        .limit(SHOWN)
        .forEach(
            clock -> finding.subject("device", clock.device(), "device").evidence(clock.last()));
    return finding.build();
  }

  private Finding finding(DeviceFault fault) {
    Finding.Builder finding =
        Finding.evidence(
                episode(fault),
                fault.last().eventId(),
                fault.community(),
                fault.place().id(),
                fault.time())
            .since(fault.since())
            .subject("device", fault.device(), "device")
            .to(Audience.OPERATIONS)
            .severity(fault.important() ? Severity.P2 : Severity.P3)
            .explanation("device-health." + code(fault.kind()))
            .value("device", fault.device())
            .value("place", label(fault.place()))
            .value("time", LOCAL.format(fault.since().atZone(fault.place().zone())))
            .stoppedBy("device-health.without-" + code(fault.kind()))
            .evidence(fault.last())
            .score(settings.reliability());
    fault.values().forEach(finding::value);
    return finding.build();
  }

  private static Finding over(DeviceFault fault) {
    return closed(fault, episode(fault), "device-health.over");
  }

  private static Finding closed(DeviceFault fault, String episode, String code) {
    return Finding.close(
        episode, fault.last().eventId(), fault.community(), fault.place().id(), fault.time(), code);
  }

  private static String episode(DeviceFault fault) {
    return code(fault.kind()) + '/' + fault.device();
  }

  private static String code(Kind kind) {
    return switch (kind) {
      case SILENT -> "silent";
      case LOSSY -> "loss";
      case CLOCK -> "clock-step";
      case DUPLICATES -> "duplicates";
      case RESENT -> "resent";
      case QUALITY -> "quality-drop";
    };
  }

  private static String label(Place place) {
    return place.name().isEmpty() ? place.id() : place.name();
  }

  private Step<State> kept(State state, List<Finding> findings) {
    Instant wakeAt =
        Stream.concat(
                state.silent().stream().filter(SilentDevice::waits).map(SilentDevice::dueAt),
                Stream.of(state.clocksDue()).filter(Objects::nonNull))
            .min(Instant::compareTo)
            .orElse(null);
    return new Step<>(state.isEmpty() ? null : state, findings, List.of(), wakeAt);
  }
}
