package gatehouse.labelled.scenario;

import gatehouse.event.DeviceStatus;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.observe.Faults.Fault;
import gatehouse.labelled.observe.Faults.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A device dies, its clock jumps, it loses messages or sees badly; maintenance is announced. */
final class FailingDevices implements Scenario {

  private static final String MODEL = "device-health";

  @Override
  public String id() {
    return "S25-device";
  }

  @Override
  public int days() {
    return 4;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    boolean blurred = difficulty == Difficulty.HARD && stage.dice().chance(0.5);
    Optional<Instrument> chosen = device(stage, blurred);
    if (chosen.isEmpty()) {
      return false;
    }
    Instrument device = chosen.get();
    Instant at = stage.between(8, 20);
    Instant end;
    Instant known;
    switch (difficulty) {
      case EASY -> {
        end = at.plus(stage.dice().seconds(6 * 3600, 24 * 3600));
        known = at.plus(Duration.ofMinutes(30));
        fault(stage, device, Kind.DEAD, at, end, 1);
      }
      case MEDIUM -> {
        end = at.plus(Duration.ofDays(3));
        known = at;
        fault(stage, device, Kind.CLOCK_OFF, at, end, stage.dice().chance(0.5) ? 20 : -20);
      }
      default -> {
        end = at.plus(Duration.ofDays(3));
        known = at.plus(Duration.ofHours(2));
        fault(stage, device, blurred ? Kind.BLURRED : Kind.LOSSY, at, end, blurred ? 0.1 : 0.05);
      }
    }
    stage
        .label(id(), difficulty, MODEL)
        .in(device.id())
        .from(at, known, end.plus(Duration.ofHours(6)));
    return true;
  }

  /** It says that it is being repaired, and that it is back. */
  @Override
  public boolean decoy(Stage stage) {
    Optional<Instrument> chosen = device(stage, false);
    if (chosen.isEmpty()) {
      return false;
    }
    Instrument device = chosen.get();
    Instant at = stage.between(9, 15);
    Instant end = at.plus(stage.dice().seconds(1800, 7200));
    stage.act(new Act.Report(at, device, DeviceStatus.State.MAINTENANCE, List.of(), null));
    fault(stage, device, Kind.DEAD, at.plusSeconds(5), end, 1);
    stage.act(
        new Act.Report(end.plusSeconds(3), device, DeviceStatus.State.ONLINE, List.of(), null));
    stage.innocent(id(), MODEL).in(device.id()).from(at, end);
    return true;
  }

  private static void fault(
      Stage stage, Instrument device, Kind kind, Instant from, Instant to, double amount) {
    stage.faults().add(device.name(), new Fault(kind, from, to, amount));
  }

  /** A gate's device, which is missed soon; for blur a camera. */
  private static Optional<Instrument> device(Stage stage, boolean camera) {
    List<String> names = new ArrayList<>();
    for (String gate : stage.settlement().estate().vehicleGates()) {
      names.add(gate + "-in");
      names.add(gate + "-out");
    }
    for (String gate : stage.settlement().estate().footGates()) {
      if (camera) {
        names.add(gate + "-face");
      } else {
        names.add(gate + "-in");
        names.add(gate + "-out");
      }
    }
    return stage.one(names).map(stage.settlement().estate()::instrument);
  }
}
