package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.DeviceStatus;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.model.care.SensorSight;
import gatehouse.model.care.SignOfLife;
import gatehouse.registry.CareEnrolment;
import gatehouse.site.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of the devices that see an enrolled elder are blind: the sensors of the home, and the
 * doors the elder used of late. Finds nothing itself; {@link ElderInactivity} uses it.
 */
public final class CareSight implements AnalysisModel<Fact, CareSight.State> {

  private static final int ELDERS = 64;
  private static final int DEVICES = 8;

  private final Settings settings;

  /** The model with these settings. */
  public CareSight(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting("a door counts for an elder who used it within this time") Duration usedWithin)
      implements gatehouse.analysis.Settings {

    /** Two months. */
    public static final Settings DEFAULTS = new Settings(Duration.ofDays(60));
  }

  /**
   * What is kept of a place.
   *
   * @param elders when each was seen there last, or enrolled with it, oldest first
   * @param devices what is known of each device there, at most {@value #DEVICES}
   */
  public record State(Map<String, Instant> elders, List<Known> devices) {}

  /**
   * A device.
   *
   * @param device its id
   * @param boot its boot id, empty if it has none
   * @param ill what it says of itself: blind
   * @param judgedBlind what device-health says of it
   * @param blindUntil the end of its last blind time; null: none known
   * @param confirmed whether somebody vouches for it
   */
  public record Known(
      String device,
      String boot,
      boolean ill,
      boolean judgedBlind,
      @Nullable Instant blindUntil,
      boolean confirmed) {

    private boolean sees() {
      return !ill && !judgedBlind;
    }

    private Known after(DeviceStatus status) {
      String bootNow = status.origin().boot();
      boolean restarted = !boot.isEmpty() && !bootNow.isEmpty() && !boot.equals(bootNow);
      boolean illNow =
          status.state() == DeviceStatus.State.OFFLINE
              || status.state() == DeviceStatus.State.MAINTENANCE;
      return new Known(
          device,
          bootNow.isEmpty() ? boot : bootNow,
          illNow,
          judgedBlind,
          restarted || (ill && !illNow) ? status.time() : blindUntil,
          !illNow && (confirmed || status.state() == DeviceStatus.State.ONLINE));
    }

    private Known after(DeviceHealth judgement) {
      return new Known(
          device,
          boot,
          ill,
          !judgement.sees(),
          judgedBlind && judgement.sees() ? judgement.time() : blindUntil,
          judgement.sees());
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "care-sight",
            1,
            Ordering.EVENT_TIME,
            Set.of(
                CareEnrolment.class,
                SignOfLife.class,
                DeviceStatus.class,
                DeviceHealth.class,
                Device.class),
            State.class,
            Settings.DEFAULTS,
            CareSight::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Sight of the sensors of care",
                "关爱设备状态",
                "Tells which devices that see an enrolled elder are blind; serves elder-inactivity.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(SensorSight.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    String community = fact.community() + '|';
    if (fact instanceof CareEnrolment enrolment) {
      return enrolment.sensors().stream().distinct().map(place -> community + place).toList();
    } else if (fact instanceof SignOfLife sign) {
      return sign.kind().company() ? List.of() : List.of(community + sign.place().id());
    } else if (fact instanceof DeviceStatus status) {
      return List.of(community + status.place().id());
    } else if (fact instanceof DeviceHealth judgement) {
      return List.of(community + judgement.place().id());
    } else if (fact instanceof Device device) {
      return List.of(community + device.place());
    }
    return List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof CareEnrolment enrolment) {
      return seen(key, enrolment.person(), fact, before);
    } else if (fact instanceof SignOfLife sign) {
      return seen(key, sign.elder(), fact, before);
    }
    State state = before == null ? new State(Map.of(), List.of()) : recent(before, fact.time());
    Known device = null;
    if (fact instanceof DeviceStatus status) {
      device = known(state, status.device()).after(status);
    } else if (fact instanceof DeviceHealth judgement) {
      device = known(state, judgement.device()).after(judgement);
    } else if (fact instanceof Device listed && !listed.active()) {
      return dropped(key, listed, state);
    }
    if (device == null || device.equals(known(state, device.device()))) {
      return Step.keep(kept(state));
    }
    State next = new State(state.elders(), with(state.devices(), device));
    List<DerivedFact> told = new ArrayList<>();
    for (String elder : next.elders().keySet()) {
      told.add(sight(key, elder, device, fact));
    }
    return new Step<>(kept(next), List.of(), List.copyOf(told), null);
  }

  /** Somebody new is told how things stand. */
  private Step<State> seen(String key, String elder, Fact fact, @Nullable State before) {
    State state = before == null ? new State(Map.of(), List.of()) : recent(before, fact.time());
    boolean fresh = !state.elders().containsKey(elder);
    Map<String, Instant> elders = new LinkedHashMap<>(state.elders());
    elders.remove(elder);
    elders.put(elder, fact.time());
    if (elders.size() > ELDERS) {
      elders.remove(elders.keySet().iterator().next());
    }
    List<DerivedFact> told = new ArrayList<>();
    if (fresh) {
      state.devices().forEach(device -> told.add(sight(key, elder, device, fact)));
    }
    return new Step<>(new State(elders, state.devices()), List.of(), List.copyOf(told), null);
  }

  /** A device that was taken away is missed no longer. */
  private static Step<State> dropped(String key, Device listed, State state) {
    List<DerivedFact> told = new ArrayList<>();
    List<Known> devices = new ArrayList<>(state.devices());
    if (devices.removeIf(device -> device.device().equals(listed.id()))) {
      Known gone = new Known(listed.id(), "", false, false, null, true);
      for (String elder : state.elders().keySet()) {
        told.add(sight(key, elder, gone, listed));
      }
    }
    return new Step<>(
        kept(new State(state.elders(), List.copyOf(devices))), List.of(), List.copyOf(told), null);
  }

  /** A place is remembered for those who use it, and for a device that is not well. */
  private static @Nullable State kept(State state) {
    return state.elders().isEmpty() && state.devices().stream().allMatch(device -> device.sees())
        ? null
        : state;
  }

  private State recent(State state, Instant now) {
    Map<String, Instant> elders = new LinkedHashMap<>(state.elders());
    elders.values().removeIf(last -> last.plus(settings.usedWithin()).isBefore(now));
    return new State(elders, state.devices());
  }

  private static Known known(State state, String device) {
    return state.devices().stream()
        .filter(known -> known.device().equals(device))
        .findFirst()
        .orElse(new Known(device, "", false, false, null, false));
  }

  private static List<Known> with(List<Known> devices, Known device) {
    List<Known> next = new ArrayList<>(devices);
    next.removeIf(known -> known.device().equals(device.device()));
    next.add(device);
    if (next.size() > DEVICES) {
      next.remove(0);
    }
    return List.copyOf(next);
  }

  private static SensorSight sight(String key, String elder, Known device, Fact cause) {
    return new SensorSight(
        elder,
        cause.community(),
        cause.time(),
        key.substring(key.indexOf('|') + 1),
        device.device(),
        device.sees(),
        device.blindUntil(),
        device.confirmed());
  }
}
