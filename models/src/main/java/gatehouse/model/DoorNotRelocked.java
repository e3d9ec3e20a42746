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
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.model.door.Alarm;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.DoorKey;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.door.JudgedDevices;
import gatehouse.model.lock.LockCycle;
import gatehouse.model.lock.LockHabit;
import gatehouse.model.lock.ReleaseKind;
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
 * A door was released, stands closed, and its lock did not report to be locked again.
 *
 * <p>The lock must report LOCKED within {@code grace} after the door closed and the {@code pulse}
 * of the latest release ended. That it did not is a conclusion from something not seen, so it is
 * drawn only where the lock usually reports: after the same kind of release it reported in time at
 * least {@code leastRelocked} times, and the expected share of missing reports (beta posterior,
 * prior {@code priorMissed} and {@code priorRelocked}) is at most {@code mostMissed}. The door must
 * be known to be closed, and the devices of lock and contact must have seen everything since.
 *
 * <p>While a scheduled or fire release or a permit lets the door be unlocked, nothing is expected;
 * when the schedule ends, the lock is. The alert lasts until the lock reports LOCKED; after {@code
 * urgentAfter} it is more urgent. If the device of the lock turns out to have been cut off just
 * then, the alert is taken back.
 *
 * <p>Score: with e the share of missing reports, f the share of releases after which a lock fails,
 * and k releases in a row without a report, f / (f + e^k).
 */
public final class DoorNotRelocked implements AnalysisModel<Fact, DoorNotRelocked.State> {

  private static final int ALARMS = 8;

  private final Settings settings;

  /** The model with these settings. */
  public DoorNotRelocked(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "a release unlocks the door this long", max = 3600) Duration pulse,
      @Setting(value = "then, and once closed, the lock must report within this time", max = 3600)
          Duration grace,
      @Setting(value = "a door that stays unlocked this long is urgent", min = 1, max = 86_400)
          Duration urgentAfter,
      @Setting(
              value = "the lock must have reported in time after so many releases of that kind",
              min = 1,
              max = 1000)
          double leastRelocked,
      @Setting(
              value = "a lock that misses more reports than this is not judged",
              unit = "share",
              max = 1)
          double mostMissed,
      @Setting(value = "prior releases whose report is missing", min = 0.01) double priorMissed,
      @Setting(value = "prior releases whose report comes", min = 0.01) double priorRelocked,
      @Setting(value = "counts beyond this are halved", min = 10, max = 1_000_000)
          int rememberReleases,
      @Setting(
              value = "share of releases after which a lock fails",
              unit = "share",
              min = 0.000001,
              max = 1)
          double failing,
      @Setting(value = "a lost connection is noticed within this time", max = 3600)
          Duration offlineNoticed,
      @Setting(value = "a fire release holds this long unless the door locks", max = 86_400)
          Duration fireReleaseHolds,
      @Setting(value = "a device's word that it is well counts this long", max = 86_400)
          Duration wellFor)
      implements gatehouse.analysis.Settings {

    /** Pulse and grace are the specification's; the rest is judgement. */
    public static final Settings DEFAULTS =
        new Settings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            3,
            0.1,
            1,
            19,
            1000,
            0.01,
            Duration.ofMinutes(2),
            Duration.ofHours(2),
            Duration.ofMinutes(15));
  }

  /**
   * What is kept of a door.
   *
   * @param devices whether its devices could see everything, as they say
   * @param sight the same, as device-health says
   * @param permits what lets it be unlocked
   * @param habit how faithfully it reports its lock
   * @param lockDevice the device that reports the lock; empty: none has
   * @param contact the newest report of the contact; null: none
   * @param closed whether that said closed
   * @param scheduled whether a scheduled release is in force
   * @param fireSince since when a fire release is in force
   * @param cycle since the lock was released; null: it is not
   * @param alarms the newest findings, at most {@value #ALARMS}
   */
  public record State(
      DeviceWatch devices,
      JudgedDevices sight,
      DoorPermits permits,
      LockHabit habit,
      String lockDevice,
      @Nullable Evidence contact,
      boolean closed,
      boolean scheduled,
      @Nullable Instant fireSince,
      @Nullable LockCycle cycle,
      List<Alarm> alarms) {

    private static final State NEW =
        new State(
            DeviceWatch.NONE,
            JudgedDevices.NONE,
            DoorPermits.NONE,
            LockHabit.NONE,
            "",
            null,
            false,
            false,
            null,
            null,
            List.of());
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "door-not-relocked",
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
        DoorNotRelocked::new,
        EpisodePolicy.UNTIL_CLOSED,
        new ModelCard(
            "Door not locked again",
            "门未重新上锁",
            "A door was released and is closed, but its lock does not report to be locked again."
                + " Judged only where the lock usually reports.",
            List.of(Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "A lock that never reports, or only after some releases: learned for each kind of"
                    + " release",
                "A lock whose reports often get lost: not judged",
                "The connection broke before the report: no alert, or it is taken back",
                "A door that is unlocked on a schedule, for a fire, or under a permit: nothing is"
                    + " expected meanwhile",
                "A door that stands open: the lock is expected once it is closed"),
            "Lock supervision of access controllers (bolt sensor); the learned report rate is the"
                + " conjugate beta posterior"),
        DoorNotRelocked::example);
  }

  /** The smallest history in which it finds something: locked three times, then not. */
  public static List<Fact> example() {
    List<Fact> history = new ArrayList<>();
    history.add(DoorExample.door());
    history.add(new DoorEvent(DoorExample.origin(1, DoorExample.TIME), Change.CLOSED));
    Instant time = DoorExample.TIME;
    for (int n = 0; n < 3; n++) {
      time = time.plusSeconds(20);
      history.add(granted(2 * n + 2, time));
      history.add(new DoorEvent(DoorExample.origin(2 * n + 3, time.plusSeconds(6)), Change.LOCKED));
    }
    history.add(granted(8, time.plusSeconds(20)));
    return List.copyOf(history);
  }

  private static Fact granted(int number, Instant time) {
    return new AccessEvent(
        DoorExample.origin(number, time),
        "card-0301",
        CredentialType.CARD,
        "",
        null,
        null,
        Direction.IN,
        Outcome.GRANTED,
        DenialReason.NONE,
        false,
        null);
  }

  @Override
  public List<String> keys(Fact fact) {
    return fact instanceof DeviceHealth health
        ? DoorKey.at(health.community(), health.place().id())
        : DoorKey.of(fact, DoorPermits.DOOR_MAY_STAND_OPEN);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    Passing change = new Passing(key, fact.time(), before == null ? State.NEW : before);
    if (fact instanceof Permit permit) {
      change.permitted(permit);
    } else if (fact instanceof Device device) {
      change.replaced(device);
    } else if (fact instanceof DeviceHealth health) {
      change.sight = change.sight.with(health);
      change.unlessBlind(false);
    } else if (fact instanceof DeviceEvent event) {
      change.seen(event);
    }
    return change.step();
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    Passing change = new Passing(key, now, state);
    change.judge();
    return change.step();
  }

  /** One step of a door. */
  private final class Passing {

    private final DoorKey door;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();
    private DeviceWatch devices;
    private JudgedDevices sight;
    private DoorPermits permits;
    private LockHabit habit;
    private String lockDevice;
    private @Nullable Evidence contact;
    private boolean closed;
    private boolean scheduled;
    private @Nullable Instant fireSince;
    private @Nullable LockCycle cycle;
    private List<Alarm> alarms;

    Passing(String key, Instant now, State state) {
      this.door = DoorKey.parse(key);
      this.now = now;
      this.devices = state.devices();
      this.sight = state.sight();
      this.permits = state.permits();
      this.habit = state.habit();
      this.lockDevice = state.lockDevice();
      this.contact = state.contact();
      this.closed = state.closed();
      this.scheduled = state.scheduled();
      this.fireSince = state.fireSince();
      this.cycle = state.cycle();
      this.alarms = state.alarms();
    }

    Step<State> step() {
      State state =
          new State(
              devices,
              sight,
              permits,
              habit,
              lockDevice,
              contact,
              closed,
              scheduled,
              fireSince,
              cycle,
              alarms);
      return Step.keep(state).findings(findings).wakeAt(nextWake());
    }

    void replaced(Device device) {
      if (device.active()) {
        return;
      }
      devices = devices.without(device.id());
      sight = sight.without(device.id());
      if (device.id().equals(lockDevice)) {
        over("device-gone");
        lockDevice = "";
        habit = LockHabit.NONE;
      }
    }

    void seen(DeviceEvent event) {
      devices = devices.after(event);
      boolean cutOff =
          event instanceof DeviceStatus status && status.state() == DeviceStatus.State.OFFLINE;
      unlessBlind(cutOff);
      if (event instanceof DoorEvent change) {
        changed(change);
      }
      ReleaseKind kind = ReleaseKind.of(event);
      if (kind != null && !mayBeUnlocked()) {
        Evidence release = Evidence.of(event, role(kind));
        cycle = cycle == null ? LockCycle.begin(kind, release) : cycle.again(kind, release);
      }
    }

    private void changed(DoorEvent event) {
      switch (event.change()) {
        case OPENED, CLOSED -> {
          contact = Evidence.of(event, "door-not-relocked.contact-closed");
          closed = event.change() == Change.CLOSED;
        }
        case LOCKED -> {
          lockDevice = event.device();
          fireSince = null;
          locked();
        }
        case SCHEDULED_RELEASE -> {
          scheduled = true;
          over("released");
        }
        case SCHEDULED_END -> scheduled = false;
        case FIRE_RELEASE -> {
          fireSince = event.time();
          over("released");
        }
        default -> {}
      }
    }

    /** A cycle in which only one thing released the lock teaches what it reports after that. */
    private void locked() {
      if (cycle != null && cycle.misses() == 0 && cycle.kinds().size() == 1) {
        habit = habit.plus(cycle.kinds().get(0), true, settings.rememberReleases());
      }
      over("locked");
    }

    /** Whether what the lock would have reported may have been missed. */
    void unlessBlind(boolean cutOff) {
      LockCycle open = cycle;
      if (open == null || saw(lockDevice, open.first().time())) {
        return;
      }
      Instant told = open.toldAt();
      if (cutOff && told != null && !now.isAfter(told.plus(settings.offlineNoticed()))) {
        findings.add(
            Finding.retract(
                episode(open),
                open.first().eventId(),
                door.community(),
                door.place(),
                now,
                "door-not-relocked.lost-sight"));
        cycle = null;
      } else {
        over("lost-sight");
      }
    }

    void permitted(Permit permit) {
      permits = permits.with(permit);
      List<Alarm> left = new ArrayList<>();
      for (Alarm alarm : alarms) {
        if (!permits.cover(alarm.at())) {
          left.add(alarm);
          continue;
        }
        findings.add(
            Finding.retract(
                episode(alarm.trigger()),
                alarm.trigger(),
                door.community(),
                door.place(),
                now,
                "door-not-relocked.permit"));
        if (cycle != null && cycle.first().eventId().equals(alarm.trigger())) {
          cycle = cycle.untold();
        }
      }
      alarms = List.copyOf(left);
    }

    /** Judges what is due. */
    void judge() {
      LockCycle open = cycle;
      if (open == null || mayBeUnlocked() || permits.cover(now)) {
        return;
      }
      Instant due = due(open);
      if (due != null && !now.isBefore(due)) {
        notLocked(open);
      } else if (open.toldAt() != null
          && !open.urgent()
          && !now.isBefore(open.toldAt().plus(settings.urgentAfter()))) {
        cycle = open.nowUrgent();
        findings.add(finding(cycle, open.toldAt(), missedShare(open)));
      }
    }

    private void notLocked(LockCycle open) {
      boolean known =
          !lockDevice.isEmpty()
              && saw(lockDevice, open.first().time())
              && contact != null
              && saw(contact.device(), contact.time());
      if (!known) {
        // Already told: what it rests on was seen then.
        cycle = open.toldAt() == null ? null : open.missed(now);
        return;
      }
      double missed = missedShare(open);
      boolean usuallyReports =
          habit.relocked(open.kinds()) >= settings.leastRelocked()
              && missed <= settings.mostMissed();
      if (open.misses() == 0 && open.kinds().size() == 1) {
        habit = habit.plus(open.kinds().get(0), false, settings.rememberReleases());
      }
      if (open.toldAt() == null && !usuallyReports) {
        cycle = null;
        return;
      }
      LockCycle next = open.missed(now);
      if (open.toldAt() == null) {
        List<Alarm> more = new ArrayList<>(alarms);
        more.add(new Alarm(open.first().eventId(), open.first().time(), now));
        alarms = List.copyOf(more.subList(Math.max(0, more.size() - ALARMS), more.size()));
      }
      cycle = next;
      findings.add(finding(next, now, missed));
    }

    private Finding finding(LockCycle open, Instant since, double missed) {
      double silent = Math.pow(missed, Math.max(1, open.misses()));
      Finding.Builder finding =
          Finding.evidence(
                  episode(open), open.first().eventId(), door.community(), door.place(), now)
              .since(open.first().time())
              .subject("door", door.place(), "door")
              .severity(open.urgent() ? Severity.P2 : Severity.P3)
              .to(Audience.PROPERTY)
              .explanation(
                  open.urgent() ? "door-not-relocked.still" : "door-not-relocked.not-locked")
              .value("seconds", Duration.between(open.latest().time(), now).toSeconds())
              .value("minutes", Duration.between(since, now).toMinutes())
              .value("percent", Math.round((1 - missed) * 100))
              .stoppedBy("door-not-relocked.lock-in-time")
              .evidence(open.first())
              .score(settings.failing() / (settings.failing() + silent))
              .coverage(devices.coverage(now, settings.wellFor()));
      if (!open.latest().eventId().equals(open.first().eventId())) {
        finding.evidence(open.latest());
      }
      return contact == null ? finding.build() : finding.evidence(contact).build();
    }

    private double missedShare(LockCycle open) {
      return habit.missedShare(open.kinds(), settings.priorMissed(), settings.priorRelocked());
    }

    /** The cycle is over; so is its alert. */
    private void over(String how) {
      LockCycle open = cycle;
      cycle = null;
      if (open != null && open.toldAt() != null) {
        findings.add(
            Finding.close(
                episode(open),
                open.first().eventId(),
                door.community(),
                door.place(),
                now,
                "door-not-relocked." + how));
      }
    }

    private boolean mayBeUnlocked() {
      return scheduled
          || (fireSince != null && fireSince.plus(settings.fireReleaseHolds()).isAfter(now));
    }

    private boolean saw(String device, Instant since) {
      return devices.sawSince(device, since) && sight.sawSince(device, since);
    }

    /** When the lock must have reported; null: not before something else happens. */
    private @Nullable Instant due(LockCycle open) {
      if (open.judged() || !closed || contact == null) {
        return null;
      }
      Instant released = open.latest().time().plus(settings.pulse());
      Instant shut = contact.time();
      return (released.isAfter(shut) ? released : shut).plus(settings.grace());
    }

    private @Nullable Instant nextWake() {
      LockCycle open = cycle;
      if (open == null) {
        return null;
      } else if (permits.cover(now)) {
        return permits.nextEnd(now);
      }
      Instant due = due(open);
      Instant told = open.toldAt();
      Instant urgent = told == null || open.urgent() ? null : told.plus(settings.urgentAfter());
      return Stream.of(due, urgent)
          .filter(time -> time != null)
          .min(Instant::compareTo)
          .orElse(null);
    }

    private String episode(LockCycle open) {
      return episode(open.first().eventId());
    }

    private String episode(String trigger) {
      return door.place() + '/' + trigger;
    }
  }

  private static String role(ReleaseKind kind) {
    return switch (kind) {
      case GRANT -> "door-not-relocked.grant";
      case EXIT_REQUEST -> "door-not-relocked.exit-request";
      case REMOTE -> "door-not-relocked.remote";
      case KEY -> "door-not-relocked.key";
      case SCHEDULE_END -> "door-not-relocked.schedule-end";
      case UNLOCKED -> "door-not-relocked.unlocked";
    };
  }
}
