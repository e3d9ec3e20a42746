package gatehouse.labelled.observe;

import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.event.PoleAlarm;
import gatehouse.event.SensorReading;
import gatehouse.event.TagRead;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.Dice;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Estate;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.observe.Faults.Fault;
import gatehouse.labelled.observe.Faults.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All devices of a community: acts go in, by the day; what devices report comes out. */
public final class Observatory {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HEARTBEAT = Duration.ofMinutes(30);
  private static final double OUTAGE_A_DAY = 1 / 30.0;
  private static final double TAG_MISSED = 0.12;
  private static final String FIRMWARE = "4.2.0";

  private final Estate estate;
  private final Faults faults;
  private final Dice dice;
  private final PlateCamera plates;
  private final FaceCamera faces;
  private final TrackCamera tracks;
  private final Map<String, DeviceLine> lines = new LinkedHashMap<>();
  private final Map<String, Act.Report> lastReports = new HashMap<>();
  private final List<Trouble> troubles = new ArrayList<>();

  /**
   * The devices of an estate.
   *
   * @param enrolled persons that the face checkpoints know
   */
  public Observatory(
      Estate estate, List<String> enrolled, Faults faults, Instant since, Dice dice) {
    this.estate = estate;
    this.faults = faults;
    this.dice = dice;
    this.plates = new PlateCamera(dice);
    this.faces = new FaceCamera(enrolled, dice);
    this.tracks = new TrackCamera(dice);
    estate.instruments().values().stream()
        .sorted(Comparator.comparing(Instrument::id))
        .forEach(each -> lines.put(each.id(), new DeviceLine(each, faults, since, dice)));
    lines.forEach(
        (id, line) -> {
          if (!line.synchronised()) {
            troubles.add(new Trouble(id, since, Instant.MAX));
          }
        });
  }

  /** A clock that nobody sets, or a broken connection. */
  public record Trouble(String device, Instant from, Instant to) {}

  /** Clocks that nobody sets, and connections that broke so far. */
  public List<Trouble> troubles() {
    return List.copyOf(troubles);
  }

  /** What devices report of a day's acts, by time of arrival. */
  public List<Delivery> observe(Instant midnight, List<Act> acts) {
    List<Delivery> out = new ArrayList<>();
    List<Pending> pending = new ArrayList<>();
    outages(midnight, out);
    Map<Instrument, List<Act.Opening>> openings = new HashMap<>();
    Map<Instrument, List<Act.Breach>> breaches = new HashMap<>();
    Map<Instrument, List<Act.Bolt>> bolts = new HashMap<>();
    List<Act> inOrder = new ArrayList<>(acts);
    inOrder.sort(Comparator.comparing(Act::at).thenComparing(act -> act.by().id()));
    for (Act act : inOrder) {
      if (act instanceof Act.Opening opening) {
        openings.computeIfAbsent(opening.by(), door -> new ArrayList<>()).add(opening);
      } else if (act instanceof Act.Breach breach) {
        openings.computeIfAbsent(breach.by(), door -> new ArrayList<>());
        breaches.computeIfAbsent(breach.by(), door -> new ArrayList<>()).add(breach);
      } else if (act instanceof Act.Bolt bolt) {
        bolts.computeIfAbsent(bolt.by(), door -> new ArrayList<>()).add(bolt);
      } else {
        see(act, pending);
      }
    }
    heartbeats(midnight, reports(inOrder), pending);
    openings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(Instrument::id)))
        .flatMap(
            door ->
                DoorContacts.of(
                    door.getKey(),
                    DoorContacts.withBreaches(
                        door.getValue(), breaches.getOrDefault(door.getKey(), List.of())),
                    bolts.getOrDefault(door.getKey(), List.of()))
                    .stream())
        .forEach(
            change ->
                pending.add(
                    new Pending(
                        change.at(),
                        change.by(),
                        origin -> new DoorEvent(origin, change.change()))));
    pending.sort(Comparator.comparing(Pending::at).thenComparing(each -> each.by().id()));
    pending.forEach(each -> line(each.by()).send(each.at(), each.event(), out));
    out.sort(Comparator.comparing(Delivery::arrives).thenComparing(each -> each.event().id()));
    return out;
  }

  private record Pending(Instant at, Instrument by, Function<Origin, DeviceEvent> event) {}

  private DeviceLine line(Instrument instrument) {
    DeviceLine line = lines.get(instrument.id());
    if (line == null) {
      throw new IllegalArgumentException("there is no device " + instrument.name());
    }
    return line;
  }

  private void see(Act act, List<Pending> pending) {
    double blur = faults.amount(act.by().name(), Kind.BLURRED, act.at());
    if (act instanceof Act.Drive drive) {
      add(pending, act, plates.read(drive, blur));
    } else if (act instanceof Act.Show show) {
      add(pending, act, faces.capture(show, blur));
    } else if (act instanceof Act.Move move) {
      boolean frames = act.by().id().endsWith("-lift-cam");
      for (TrackCamera.Sighting seen : tracks.follow(move, frames)) {
        pending.add(new Pending(seen.at(), act.by(), origin -> sighting(origin, seen)));
      }
    } else if (act instanceof Act.Carry carry) {
      if (!dice.chance(TAG_MISSED)) {
        add(pending, act, read(carry));
      }
    } else {
      add(pending, act, certain(act));
    }
  }

  private static void add(
      List<Pending> pending, Act act, @Nullable Function<Origin, DeviceEvent> event) {
    if (event != null) {
      pending.add(new Pending(act.at(), act.by(), event));
    }
  }

  /** What electronics report; only the line can lose it. */
  private static @Nullable Function<Origin, DeviceEvent> certain(Act act) {
    if (act instanceof Act.Badge badge) {
      return origin ->
          new AccessEvent(
              origin,
              badge.credential(),
              badge.type(),
              badge.subjectType(),
              badge.person(),
              badge.unit(),
              badge.direction(),
              badge.outcome(),
              badge.reason(),
              badge.duress(),
              badge.command());
    } else if (act instanceof Act.Release release) {
      return origin -> new DoorEvent(origin, release.change());
    } else if (act instanceof Act.Measure measure) {
      return origin ->
          new SensorReading(
              origin, measure.kind(), measure.value(), measure.unit(), measure.alarm());
    } else if (act instanceof Act.Press press) {
      return origin -> new PoleAlarm(origin, press.kind(), press.active());
    } else if (act instanceof Act.Report report) {
      return origin ->
          new DeviceStatus(
              origin, report.state(), FIRMWARE, report.tamper(), null, report.bufferFill());
    }
    return null;
  }

  private Function<Origin, DeviceEvent> read(Act.Carry carry) {
    double rssi = Math.round(dice.normal(-52, 6));
    return origin -> new TagRead(origin, carry.tag(), rssi, "1", carry.direction(), carry.kind());
  }

  private static TrackSighting sighting(Origin origin, TrackCamera.Sighting seen) {
    Duration clock = Duration.between(seen.at(), origin.time());
    return new TrackSighting(
        origin,
        seen.track(),
        seen.kind(),
        seen.enteredAt() == null ? null : seen.enteredAt().plus(clock),
        seen.leftAt() == null ? null : seen.leftAt().plus(clock),
        seen.count(),
        seen.confidence(),
        seen.direction() == null ? Direction.UNKNOWN : seen.direction(),
        seen.subjectType());
  }

  /** What each device last said of itself before this day, and what it says today. */
  private Map<String, List<Act.Report>> reports(List<Act> acts) {
    Map<String, List<Act.Report>> reports = new HashMap<>();
    lastReports.forEach((id, last) -> reports.put(id, new ArrayList<>(List.of(last))));
    for (Act act : acts) {
      if (act instanceof Act.Report report) {
        reports.computeIfAbsent(report.by().id(), id -> new ArrayList<>()).add(report);
        lastReports.put(report.by().id(), report);
      }
    }
    return reports;
  }

  /** A heartbeat says again what the device said last. */
  private static DeviceStatus heartbeat(
      Origin origin, @Nullable Double offset, Instant at, List<Act.Report> reports) {
    DeviceStatus.State state = DeviceStatus.State.ONLINE;
    List<String> tamper = List.of();
    Double bufferFill = null;
    for (Act.Report report : reports) {
      if (!report.at().isAfter(at)) {
        state = report.state();
        tamper = report.tamper();
        bufferFill = report.bufferFill();
      }
    }
    return new DeviceStatus(origin, state, FIRMWARE, tamper, offset, bufferFill);
  }

  private void heartbeats(
      Instant midnight, Map<String, List<Act.Report>> reports, List<Pending> pending) {
    lines.forEach(
        (id, line) -> {
          Instrument device = estate.instrument(id);
          List<Act.Report> said = reports.getOrDefault(id, List.of());
          Instant end = midnight.plus(DAY);
          for (Instant at = midnight.plus(dice.duration(Duration.ZERO, HEARTBEAT));
              at.isBefore(end);
              at = at.plus(HEARTBEAT)) {
            Instant truth = at;
            Double offset = line.synchronised() ? millis(line.clock(at)) : null;
            pending.add(new Pending(at, device, origin -> heartbeat(origin, offset, truth, said)));
          }
        });
  }

  private static Double millis(double seconds) {
    return (double) Math.round(seconds * 1000);
  }

  /** Connections break by chance; the broker reports it, and the device when it is back. */
  private void outages(Instant midnight, List<Delivery> out) {
    lines.forEach(
        (id, line) -> {
          Instrument device = estate.instrument(id);
          if (dice.chance(OUTAGE_A_DAY)) {
            Instant from = midnight.plus(dice.duration(Duration.ZERO, DAY));
            Instant to = from.plus(dice.duration(Duration.ofMinutes(10), Duration.ofHours(12)));
            faults.add(device.name(), new Fault(Kind.DISCONNECTED, from, to, 1));
          }
          for (Fault fault : faults.of(device.name())) {
            if (fault.kind() == Kind.DISCONNECTED) {
              if (isIn(fault.from(), midnight)) {
                troubles.add(new Trouble(id, fault.from(), fault.to()));
                out.add(
                    line.lastWill(
                        fault.from(), origin -> status(origin, DeviceStatus.State.OFFLINE)));
              }
              if (isIn(fault.to(), midnight)) {
                line.send(
                    fault.to().plusSeconds(2),
                    origin -> status(origin, DeviceStatus.State.ONLINE),
                    out);
              }
            }
          }
        });
  }

  private static DeviceStatus status(Origin origin, DeviceStatus.State state) {
    return new DeviceStatus(origin, state, FIRMWARE, List.of(), null, null);
  }

  private static boolean isIn(Instant time, Instant midnight) {
    return !time.isBefore(midnight) && time.isBefore(midnight.plus(DAY));
  }
}
