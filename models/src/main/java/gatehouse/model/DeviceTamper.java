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
import gatehouse.event.DeviceStatus;
import gatehouse.fact.Fact;
import gatehouse.model.door.DoorKey;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.tamper.Flag;
import gatehouse.model.tamper.Reporter;
import gatehouse.model.tamper.Told;
import gatehouse.registry.Permit;
import gatehouse.site.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody tampers with a device: its cover is open, its reader is cut off, or its offline buffer
 * is nearly full, so that what it sees will be lost.
 *
 * <p>Each flag of each device is an alert of its own, from its first report until it has been gone
 * for {@code settle}; a flag that comes back within an hour goes on with the same alert. A buffer
 * counts as full from {@code bufferFull} on until it is below {@code bufferEmptied}. A cut reader
 * is more urgent than an open cover, a full buffer less. If the door was forced within {@code
 * forcedWithin} before or after, it is one step more urgent.
 *
 * <p>Nothing is told while the device says that it is in maintenance, or a permit for work on the
 * door or a drill covers the time; if the flag is still there afterwards, it is told then. A permit
 * recorded later takes the alert back.
 *
 * <p>Source: tamper supervision as access controllers offer it (IEC 60839-11-1, tamper detection);
 * there is nothing to infer, so the score is the share of such reports that are meant.
 */
public final class DeviceTamper implements AnalysisModel<Fact, DeviceTamper.State> {

  private static final String READER_CUT = "reader-cut";
  private static final int DEVICES = 16;
  private static final int FORCED = 4;
  private static final int TOLD = 16;
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private final Settings settings;

  /** The model with these settings. */
  public DeviceTamper(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "a buffer is full from this fill on", unit = "share", max = 1)
          double bufferFull,
      @Setting(value = "a full buffer is emptied below this fill", unit = "share", max = 1)
          double bufferEmptied,
      @Setting(
              value = "an opening by force this long before or after makes it more urgent",
              max = 86_400)
          Duration forcedWithin,
      @Setting(value = "the alert closes when the flag has been gone this long", max = 86_400)
          Duration settle,
      @Setting(value = "share of flags that are meant", unit = "share", max = 1) double reliability,
      @Setting(value = "share of flags with a forced door that are meant", unit = "share", max = 1)
          double reliabilityWithForce)
      implements gatehouse.analysis.Settings {

    /** The values of the specification; reliabilities are judgement. */
    public static final Settings DEFAULTS =
        new Settings(0.9, 0.7, Duration.ofMinutes(5), Duration.ofMinutes(5), 0.7, 0.95);
  }

  /**
   * What is kept of a place.
   *
   * @param devices its devices of which something is to be remembered, at most {@value #DEVICES}
   * @param forced its newest openings by force, at most {@value #FORCED}
   * @param permits what explains flags
   * @param told the newest findings, at most {@value #TOLD}
   */
  public record State(
      List<Reporter> devices, List<Evidence> forced, DoorPermits permits, List<Told> told) {

    private static final State NEW = new State(List.of(), List.of(), DoorPermits.NONE, List.of());

    private boolean isEmpty() {
      return devices.isEmpty() && forced.isEmpty() && permits.windows().isEmpty() && told.isEmpty();
    }
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "device-tamper",
        1,
        Ordering.EVENT_TIME,
        Set.of(DeviceStatus.class, ForcedOpening.class, Device.class, Permit.class),
        State.class,
        Settings.DEFAULTS,
        DeviceTamper::new,
        new EpisodePolicy(null, Duration.ofHours(1), REMEMBERED),
        new ModelCard(
            "Device tampered with",
            "设备被破坏",
            "A device reports that its cover is open, its reader is cut off, or its offline buffer"
                + " is nearly full. More urgent when the door is forced within five minutes.",
            List.of(Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "A technician opens the device: not told while it is in maintenance or a permit"
                    + " covers the time, also when the permit is recorded afterwards",
                "A cover switch that rattles: the same alert goes on for an hour",
                "A lost connection: what the broker says then is no all-clear",
                "A buffer that fills while the network is away: told, least urgent, because events"
                    + " will be lost"),
            "The device's own tamper detection (IEC 60839-11-1)"),
        DeviceTamper::example);
  }

  /** The smallest history in which it finds something: a terminal whose cover is open. */
  public static List<Fact> example() {
    return List.of(
        DoorExample.door(),
        new DeviceStatus(
            DoorExample.origin(1, DoorExample.TIME),
            DeviceStatus.State.ONLINE,
            "",
            List.of("cover"),
            null,
            null));
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof ForcedOpening forced) {
      return DoorKey.at(forced.community(), forced.place());
    }
    return fact instanceof Device device && device.active()
        ? List.of()
        : DoorKey.of(fact, DoorPermits.DOOR_UNDER_WORK);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    Change change = new Change(key, fact.time(), before == null ? State.NEW : before);
    if (fact instanceof DeviceStatus status) {
      change.reported(status);
    } else if (fact instanceof ForcedOpening forced) {
      change.forced(forced.contact());
    } else if (fact instanceof Permit permit) {
      change.permitted(permit);
    } else if (fact instanceof Device gone) {
      change.removed(gone.id());
    }
    return change.step();
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return new Change(key, now, state).step();
  }

  /** One step of a place. */
  private final class Change {

    private final DoorKey door;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Reporter> devices;
    private final List<Told> told;
    private List<Evidence> forced;
    private DoorPermits permits;

    Change(String key, Instant now, State state) {
      this.door = DoorKey.parse(key);
      this.now = now;
      this.devices = new ArrayList<>(state.devices());
      this.told = new ArrayList<>(state.told());
      this.forced = state.forced();
      this.permits = state.permits();
    }

    void reported(DeviceStatus status) {
      Reporter known =
          devices.stream()
              .filter(device -> device.device().equals(status.device()))
              .findFirst()
              .orElse(Reporter.well(status.device()));
      devices.remove(known);
      devices.add(known.after(status, settings.bufferFull(), settings.bufferEmptied()));
      if (devices.size() > DEVICES) {
        devices.remove(0);
      }
    }

    void forced(Evidence contact) {
      List<Evidence> next = new ArrayList<>(forced);
      next.add(contact);
      forced = List.copyOf(next.subList(Math.max(0, next.size() - FORCED), next.size()));
      for (Reporter device : devices) {
        for (Flag flag : device.flags()) {
          if (flag.told() && together(flag, contact)) {
            findings.add(withForce(device, flag, contact));
          }
        }
      }
    }

    void permitted(Permit permit) {
      permits = permits.with(permit);
      List<Told> covered = told.stream().filter(one -> permits.cover(one.since())).toList();
      // Force adds to a flag: where the flag is explained, so is what it was added to.
      List<Told> explained =
          told.stream()
              .filter(one -> covered.stream().anyMatch(other -> explains(other, one)))
              .toList();
      told.removeAll(explained);
      for (Told one : explained) {
        findings.add(
            Finding.retract(
                episode(one.device(), one.word()),
                one.trigger(),
                door.community(),
                door.place(),
                now,
                "device-tamper.permit"));
        devices.replaceAll(device -> untold(device, one));
      }
    }

    void removed(String gone) {
      for (Reporter device : devices) {
        if (device.device().equals(gone)) {
          device.flags().stream()
              .filter(Flag::told)
              .forEach(flag -> close(device, flag, "removed"));
        }
      }
      devices.removeIf(device -> device.device().equals(gone));
    }

    Step<State> step() {
      forced = forced.stream().filter(item -> now.isBefore(forgetForced(item))).toList();
      told.removeIf(one -> !now.isBefore(one.at().plus(REMEMBERED)));
      devices.replaceAll(this::settled);
      devices.replaceAll(this::judged);
      devices.removeIf(Reporter::unremarkable);
      while (told.size() > TOLD) {
        told.remove(0);
      }
      State state = new State(List.copyOf(devices), forced, permits, List.copyOf(told));
      return state.isEmpty()
          ? Step.<State>forget().findings(findings)
          : Step.keep(state).findings(findings).wakeAt(nextWake());
    }

    /** Flags that have been gone long enough are forgotten. */
    private Reporter settled(Reporter device) {
      List<Flag> left = new ArrayList<>();
      for (Flag flag : device.flags()) {
        Instant gone = flag.clearedAt();
        if (gone == null || now.isBefore(gone.plus(settings.settle()))) {
          left.add(flag);
        } else if (flag.told()) {
          close(device, flag, "cleared");
        }
      }
      return device.flags(left);
    }

    /** Tells what is wrong now, was not told, and nothing explains. */
    private Reporter judged(Reporter device) {
      if (device.serviced() || permits.cover(now)) {
        return device;
      }
      List<Flag> next = new ArrayList<>();
      for (Flag flag : device.flags()) {
        boolean tell = !flag.told() && flag.clearedAt() == null;
        next.add(tell ? flag.told(true) : flag);
        if (tell) {
          findings.add(found(device, flag));
          forced.stream()
              .filter(contact -> together(flag, contact))
              .forEach(contact -> findings.add(withForce(device, flag, contact)));
        }
      }
      return device.flags(next);
    }

    private Finding found(Reporter device, Flag flag) {
      String trigger = flag.first().eventId();
      told.add(new Told(device.device(), flag.word(), trigger, false, now, now));
      return finding(device, flag, trigger)
          .severity(severity(flag))
          .explanation(code(flag))
          .evidence(flag.first())
          .score(settings.reliability())
          .build();
    }

    private Finding withForce(Reporter device, Flag flag, Evidence contact) {
      String trigger = contact.eventId();
      told.add(new Told(device.device(), flag.word(), trigger, true, contact.time(), now));
      return finding(device, flag, trigger)
          .severity(severity(flag).raised())
          .explanation("device-tamper.with-force")
          .evidence(flag.first())
          .evidence(
              new Evidence(
                  trigger,
                  contact.time(),
                  contact.place(),
                  contact.device(),
                  contact.clock(),
                  "device-tamper.forced"))
          .score(settings.reliabilityWithForce())
          .build();
    }

    private Finding.Builder finding(Reporter device, Flag flag, String trigger) {
      return Finding.evidence(
              episode(device.device(), flag.word()), trigger, door.community(), door.place(), now)
          .since(flag.first().time())
          .subject("device", device.device(), "device")
          .subject("door", door.place(), "door")
          .to(Audience.PROPERTY)
          .value("device", device.device())
          .value("flag", flag.word())
          .value("percent", Math.round(settings.bufferFull() * 100))
          .value("minutes", settings.forcedWithin().toMinutes())
          .stoppedBy(
              flag.word().equals(Flag.BUFFER_FULL)
                  ? "device-tamper.emptied"
                  : "device-tamper.maintenance");
    }

    private void close(Reporter device, Flag flag, String how) {
      findings.add(
          Finding.close(
              episode(device.device(), flag.word()),
              flag.first().eventId(),
              door.community(),
              door.place(),
              now,
              "device-tamper." + how));
    }

    private String episode(String device, String word) {
      return door.place() + '/' + device + '/' + word;
    }

    private boolean together(Flag flag, Evidence contact) {
      Duration apart = Duration.between(flag.first().time(), contact.time()).abs();
      return apart.compareTo(settings.forcedWithin()) <= 0;
    }

    private Instant forgetForced(Evidence contact) {
      return contact.time().plus(settings.forcedWithin()).plusMillis(1);
    }

    private @Nullable Instant nextWake() {
      Stream<Instant> cleared =
          devices.stream()
              .flatMap(device -> device.flags().stream())
              .map(Flag::clearedAt)
              .filter(gone -> gone != null)
              .map(gone -> gone.plus(settings.settle()));
      Stream<Instant> over = told.stream().map(one -> one.at().plus(REMEMBERED));
      Stream<Instant> old = forced.stream().map(this::forgetForced);
      Instant permitEnd = permits.nextEnd(now);
      Stream<Instant> explained = permitEnd == null ? Stream.of() : Stream.of(permitEnd);
      return Stream.of(cleared, over, old, explained)
          .flatMap(times -> times)
          .min(Instant::compareTo)
          .orElse(null);
    }
  }

  private static boolean explains(Told covered, Told one) {
    return covered.equals(one)
        || (!covered.force()
            && covered.device().equals(one.device())
            && covered.word().equals(one.word()));
  }

  /** The flag may be told again when what explained it is over. */
  private static Reporter untold(Reporter device, Told one) {
    return device.device().equals(one.device())
        ? device.flags(
            device.flags().stream()
                .map(
                    flag ->
                        flag.word().equals(one.word())
                                && flag.first().eventId().equals(one.trigger())
                            ? flag.told(false)
                            : flag)
                .toList())
        : device;
  }

  private static Severity severity(Flag flag) {
    return switch (flag.word()) {
      case READER_CUT -> Severity.P2;
      case Flag.BUFFER_FULL -> Severity.P4;
      default -> Severity.P3;
    };
  }

  private static String code(Flag flag) {
    return switch (flag.word()) {
      case READER_CUT -> "device-tamper.reader-cut";
      case "cover" -> "device-tamper.cover";
      case Flag.BUFFER_FULL -> "device-tamper.buffer";
      default -> "device-tamper.flag";
    };
  }
}
