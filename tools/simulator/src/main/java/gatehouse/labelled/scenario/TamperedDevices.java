package gatehouse.labelled.scenario;

import gatehouse.event.DeviceStatus.State;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.observe.Faults.Fault;
import gatehouse.labelled.observe.Faults.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody works on a terminal; the service technician and a short outage only look like it. */
final class TamperedDevices implements Scenario {

  private static final String MODEL = "device-tamper";

  @Override
  public String id() {
    return "S25-tamper";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Instrument> terminal = terminal(stage);
    if (terminal.isEmpty()) {
      return false;
    }
    Instrument device = terminal.get();
    Instant at = difficulty == Difficulty.MEDIUM ? stage.between(9, 20) : stage.between(0.5, 4);
    Instant found = at;
    Instant end = at.plus(stage.dice().seconds(600, 1200));
    switch (difficulty) {
      case EASY -> {
        report(stage, at, device, State.ONLINE, List.of("cover"), null);
        report(stage, at.plusSeconds(60), device, State.DEGRADED, List.of("cover"), null);
      }
      case MEDIUM -> {
        report(stage, at, device, State.ONLINE, List.of("reader-cut"), null);
        stage.faults().add(device.name(), new Fault(Kind.DISCONNECTED, at.plusSeconds(5), end, 1));
      }
      case HARD -> {
        // Cut off from the network on purpose: its memory fills up.
        found = at.plus(Duration.ofHours(4));
        end = found.plus(Duration.ofHours(2));
        report(stage, at, device, State.DEGRADED, List.of(), 0.41);
        report(stage, at.plus(Duration.ofHours(2)), device, State.DEGRADED, List.of(), 0.7);
        report(stage, found, device, State.DEGRADED, List.of(), 0.94);
      }
    }
    report(stage, end.plusSeconds(10), device, State.ONLINE, List.of(), null);
    stage
        .label(id(), difficulty, MODEL)
        .tolerating("device-health")
        .about(device.id())
        .in(device.place())
        .from(at, found, end);
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Instrument> terminal = terminal(stage);
    if (terminal.isEmpty()) {
      return false;
    }
    Instrument device = terminal.get();
    Instant at = stage.between(9, 16);
    Instant end = at.plus(stage.dice().seconds(900, 3600));
    if (stage.dice().chance(0.6)) {
      report(stage, at, device, State.MAINTENANCE, List.of(), null);
      report(stage, at.plusSeconds(150), device, State.MAINTENANCE, List.of("cover"), null);
      report(stage, end.minusSeconds(100), device, State.MAINTENANCE, List.of(), null);
    } else {
      report(stage, at, device, State.DEGRADED, List.of(), stage.dice().between(0.3, 0.7));
    }
    report(stage, end, device, State.ONLINE, List.of(), null);
    stage.innocent(id(), MODEL).about(device.id()).in(device.place()).from(at, end);
    return true;
  }

  private static Optional<Instrument> terminal(Stage stage) {
    List<String> ids = new ArrayList<>();
    stage.settlement().estate().instruments().values().stream()
        .filter(device -> device.kind().equals(Instrument.TERMINAL))
        .forEach(device -> ids.add(device.id()));
    return stage.today(ids).map(id -> stage.settlement().estate().instrument(id));
  }

  private static void report(
      Stage stage,
      Instant at,
      Instrument device,
      State state,
      List<String> tamper,
      @Nullable Double bufferFill) {
    stage.act(new Act.Report(at, device, state, tamper, bufferFill));
  }
}
