package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.registry.Vehicle;
import gatehouse.site.Place;
import gatehouse.stats.OcrLikelihood;
import gatehouse.stats.PlateDistance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows the plates of a community and says of each read how likely it is another of them, misread
 * (models-spec T9). Finds nothing itself; {@link ClonedPlate} weighs it.
 *
 * <p>Plates are kept in shards, so that a read changes a small part of the state. Neighbours are
 * searched by comparing with every plate: some thousand comparisons of eight characters cost less
 * than the memory of an index of all one-deletion spellings.
 */
public final class PlateNeighbourhood implements AnalysisModel<Fact, PlateNeighbourhood.State> {

  private static final int SHARDS = 64;

  /** In one shard; a community of 25 000 vehicles is larger than any. */
  private static final int PLATES = 400;

  private static final Duration SWEEP_EVERY = Duration.ofDays(1);

  private final Settings settings;

  PlateNeighbourhood(Settings settings) {
    this.settings = settings;
  }

  /** Who counts as a neighbour, and how likely each is to be there. */
  public record Settings(
      @Setting(value = "a plate that is not registered is forgotten after this time", min = 86400)
          Duration remember,
      @Setting(value = "half-life of the counts of passes", min = 86400) Duration halfLife,
      @Setting(value = "length of the time in which the neighbour may have passed", min = 60)
          Duration window,
      @Setting(
              value = "least probability that a resident plate passes a gate in that time",
              unit = "probability",
              max = 1)
          double rateFloor,
      @Setting(
              value = "share of unknown vehicles that are one edit away from the plate read",
              unit = "share",
              max = 1)
          double unknownShare,
      @Setting(
              value = "a province character surer than this is not taken for another",
              unit = "share",
              max = 1)
          double provinceConfidence,
      @Setting(value = "how often a vehicle's colour is read right", unit = "share", max = 1)
          double colourRight,
      @Setting(value = "how often a vehicle's type is read right", unit = "share", max = 1)
          double typeRight,
      @Setting(value = "how often a vehicle's brand is read as before", unit = "share", max = 1)
          double brandRight,
      @Setting(value = "standard deviation of a synchronised clock", unit = "s", min = 0.01)
          double sigmaSynchronised,
      @Setting(value = "standard deviation of a clock nobody set", unit = "s", min = 0.01)
          double sigmaFree)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(
            Duration.ofDays(30),
            Duration.ofDays(15),
            Duration.ofMinutes(20),
            1e-4,
            0.02,
            0.9,
            0.94,
            0.96,
            0.95,
            2,
            30);
  }

  /**
   * A community.
   *
   * @param shards known plates by plate
   * @param gates reads of each gate, by place id
   * @param clocks what devices reported of their clocks in milliseconds, by device
   * @param measured what device-health measured of them, by device; counts before that
   * @param sweptAt when plates were last forgotten
   */
  public record State(
      List<Map<String, KnownPlate>> shards,
      Map<String, GateReads> gates,
      Map<String, Double> clocks,
      Map<String, MeasuredClock> measured,
      Instant sweptAt) {}

  /**
   * Reads of one gate, as pseudo-counts that start at one of two.
   *
   * @param unknown of plates that are not registered
   * @param all of all plates
   */
  public record GateReads(double unknown, double all) {

    private static final double LIMIT = 2000;

    static final GateReads NONE = new GateReads(1, 2);

    double unknownShare() {
      return unknown / all;
    }

    GateReads with(boolean known) {
      // Halved now and then, so that the share follows the gate.
      double keep = all >= LIMIT ? 0.5 : 1;
      return new GateReads(unknown * keep + (known ? 0 : 1), all * keep + 1);
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "plate-neighbourhood",
            1,
            Ordering.EVENT_TIME,
            Set.of(PlateRead.class, Vehicle.class, DeviceStatus.class, DeviceHealth.class),
            State.class,
            Settings.DEFAULTS,
            PlateNeighbourhood::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Neighbourhood of a plate",
                "车牌近邻",
                "Says of each plate read how likely it is a misread plate of the community; serves"
                    + " the models of vehicles.",
                List.of(),
                LateData.LEARNED,
                List.of(),
                "models-spec T9"),
            List::of)
        .deriving(PlateReadInContext.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    boolean vehicles =
        !(fact instanceof DeviceHealth health)
            || health.place().kind() == Place.Kind.VEHICLE_GATE
            || health.place().kind() == Place.Kind.CAMERA
            || health.place().kind() == Place.Kind.POLE
            || health.place().kind() == Place.Kind.OTHER;
    boolean concerns =
        fact instanceof PlateRead read
            ? !read.plate().isEmpty()
            : !(fact instanceof DeviceStatus status) || status.clockOffsetMillis() != null;
    return concerns && vehicles ? List.of(fact.community()) : List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? empty(fact.time()) : swept(before, fact.time());
    if (fact instanceof Vehicle vehicle) {
      KnownPlate known = shard(state, vehicle.plate()).get(vehicle.plate());
      return Step.keep(with(state, KnownPlate.of(vehicle, known), vehicle.time()));
    } else if (fact instanceof DeviceStatus status && status.clockOffsetMillis() != null) {
      Map<String, Double> clocks = new HashMap<>(state.clocks());
      clocks.put(status.device(), status.clockOffsetMillis());
      return Step.keep(
          new State(
              state.shards(),
              state.gates(),
              Map.copyOf(clocks),
              state.measured(),
              state.sweptAt()));
    } else if (fact instanceof DeviceHealth health) {
      Map<String, MeasuredClock> measured = new HashMap<>(state.measured());
      measured.put(health.device(), MeasuredClock.of(health));
      return Step.keep(
          new State(
              state.shards(),
              state.gates(),
              state.clocks(),
              Map.copyOf(measured),
              state.sweptAt()));
    } else if (fact instanceof PlateRead read) {
      // Judged before it is learned: a read is no neighbour of itself.
      return Step.keep(learned(read, state)).derive(inContext(read, state));
    }
    return Step.keep(state);
  }

  private PlateReadInContext inContext(PlateRead read, State state) {
    double likelihood = 0;
    double best = 0;
    String alternative = "";
    for (KnownPlate neighbour : neighbours(read, state)) {
      double rate =
          neighbour.passing(
              read.place().id(),
              read.time(),
              settings.window(),
              settings.halfLife(),
              settings.rateFloor());
      double misread =
          rate
              * OcrLikelihood.of(
                  read.plate(), read.confidence(), read.characterConfidence(), neighbour.plate())
              * attributes(read, neighbour);
      likelihood += misread;
      if (misread > best) {
        best = misread;
        alternative = neighbour.plate();
      }
    }
    GateReads gate = state.gates().getOrDefault(read.place().id(), GateReads.NONE);
    likelihood += gate.unknownShare() * settings.unknownShare() * (1 - read.confidence());
    KnownPlate itself = shard(state, read.plate()).get(read.plate());
    MeasuredClock measured = state.measured().get(read.device());
    Double offset =
        measured == null
            ? state.clocks().get(read.device())
            : Double.valueOf(measured.ahead() * 1000);
    boolean synchronised = offset != null || read.origin().clock() == ClockQuality.GOOD;
    return new PlateReadInContext(
        read,
        Math.min(1, likelihood),
        alternative,
        best,
        offset == null ? Duration.ZERO : Duration.ofMillis(Math.round(offset)),
        measured != null
            ? measured.sigma()
            : synchronised ? settings.sigmaSynchronised() : settings.sigmaFree(),
        itself == null ? null : itself.registeredAs(read.time()),
        itself == null ? 0 : itself.passes(read.time(), settings.halfLife()),
        itself == null ? Direction.UNKNOWN : itself.lastWay(),
        itself == null ? null : itself.lastWayAt());
  }

  /** One-edit neighbours that belong at this gate, in a fixed order. */
  private List<KnownPlate> neighbours(PlateRead read, State state) {
    Instant since = read.time().minus(settings.remember());
    boolean provinceSure = provinceConfidence(read) >= settings.provinceConfidence();
    List<KnownPlate> neighbours = new ArrayList<>();
    for (Map<String, KnownPlate> shard : state.shards()) {
      for (KnownPlate known : shard.values()) {
        if (PlateDistance.between(read.plate(), known.plate(), provinceSure)
                <= PlateDistance.NEIGHBOUR
            && !known.plate().equals(read.plate())
            && known.matters(read.time(), since)) {
          neighbours.add(known);
        }
      }
    }
    neighbours.sort(Comparator.comparing(KnownPlate::plate));
    return neighbours;
  }

  private static double provinceConfidence(PlateRead read) {
    return read.characterConfidence().size() == read.plate().length()
        ? read.characterConfidence().get(0)
        : read.confidence();
  }

  /** How well the vehicle that was seen fits the neighbour. */
  private double attributes(PlateRead read, KnownPlate neighbour) {
    return agreement(read.vehicleColour(), neighbour.colour(), settings.colourRight())
        * agreement(read.vehicleType(), neighbour.type(), settings.typeRight())
        * agreement(read.brand(), neighbour.brand(), settings.brandRight());
  }

  private static double agreement(String seen, String known, double right) {
    return seen.isEmpty() || known.isEmpty() ? 1 : seen.equals(known) ? right : 1 - right;
  }

  private State learned(PlateRead read, State state) {
    KnownPlate known = shard(state, read.plate()).get(read.plate());
    State now = with(state, KnownPlate.of(read, known, settings.halfLife()), read.time());
    Map<String, GateReads> gates = new HashMap<>(state.gates());
    boolean registered = known != null && known.registeredAt(read.time());
    gates.merge(
        read.place().id(), GateReads.NONE.with(registered), (old, first) -> old.with(registered));
    return new State(now.shards(), Map.copyOf(gates), now.clocks(), now.measured(), now.sweptAt());
  }

  private static State empty(Instant now) {
    return new State(Collections.nCopies(SHARDS, Map.of()), Map.of(), Map.of(), Map.of(), now);
  }

  private static Map<String, KnownPlate> shard(State state, String plate) {
    return state.shards().get(Math.floorMod(plate.hashCode(), SHARDS));
  }

  private State with(State state, KnownPlate plate, Instant now) {
    Map<String, KnownPlate> shard = new HashMap<>(shard(state, plate.plate()));
    shard.put(plate.plate(), plate);
    if (shard.size() > PLATES) {
      Instant since = now.minus(settings.remember());
      shard.values().stream()
          .filter(known -> !known.plate().equals(plate.plate()))
          .min(
              Comparator.comparing((KnownPlate known) -> known.matters(now, since))
                  .thenComparing(known -> known.lastSeen() == null ? Instant.MIN : known.lastSeen())
                  .thenComparing(KnownPlate::plate))
          .ifPresent(oldest -> shard.remove(oldest.plate()));
    }
    List<Map<String, KnownPlate>> shards = new ArrayList<>(state.shards());
    shards.set(Math.floorMod(plate.plate().hashCode(), SHARDS), Map.copyOf(shard));
    return new State(
        List.copyOf(shards), state.gates(), state.clocks(), state.measured(), state.sweptAt());
  }

  /** Once a day, what no longer matters is forgotten. */
  private State swept(State state, Instant now) {
    if (now.isBefore(state.sweptAt().plus(SWEEP_EVERY))) {
      return state;
    }
    Instant since = now.minus(settings.remember());
    List<Map<String, KnownPlate>> shards = new ArrayList<>();
    for (Map<String, KnownPlate> shard : state.shards()) {
      Map<String, KnownPlate> kept = new HashMap<>(shard);
      kept.values().removeIf(known -> known.vehicles().isEmpty() && !known.matters(now, since));
      shards.add(Map.copyOf(kept));
    }
    return new State(List.copyOf(shards), state.gates(), state.clocks(), state.measured(), now);
  }
}
