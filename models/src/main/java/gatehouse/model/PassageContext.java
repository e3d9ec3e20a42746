package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
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
import gatehouse.event.FaceCapture;
import gatehouse.fact.Fact;
import gatehouse.model.PassageInContext.Blind;
import gatehouse.site.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins what a device saw with what is known of the device: its clock, and when it was blind. Finds
 * nothing itself; models that follow a credential or a person from device to device need it.
 *
 * <p>Keyed by device. What device-health worked out counts more than what the device says.
 */
public final class PassageContext implements AnalysisModel<Fact, PassageContext.State> {

  private static final int BLIND_TIMES = 16;

  private final Settings settings;

  PassageContext(Settings settings) {
    this.settings = settings;
  }

  /** How far a clock is trusted of which device-health says nothing. */
  public record Settings(
      @Setting(
              value = "standard deviation of a synchronised clock",
              unit = "s",
              min = 0.01,
              max = 3600)
          double sigmaSynchronised,
      @Setting(
              value = "standard deviation of a clock nobody set",
              unit = "s",
              min = 0.01,
              max = 3600)
          double sigmaFree)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS = new Settings(2, 30);
  }

  /**
   * A device.
   *
   * @param since from when its blind times are known
   * @param clockOffset how far its clock is ahead of true time; null: it never said
   * @param clockSigma standard deviation of that, from device-health; null: nothing is known
   * @param because why it is blind now; null: it sees
   * @param blind its blind times, oldest first
   */
  public record State(
      Instant since,
      @Nullable Duration clockOffset,
      @Nullable Duration clockSigma,
      @Nullable Because because,
      List<Blind> blind) {

    private State clock(Duration offset, @Nullable Duration sigma) {
      return new State(since, offset, sigma, because, blind);
    }

    private State blinded(Because reason, Instant now) {
      if (because != null) {
        return new State(since, clockOffset, clockSigma, because.orStronger(reason), blind);
      }
      List<Blind> times = new ArrayList<>(blind);
      times.add(new Blind(now, null));
      // What is forgotten is no longer known: the watch begins anew after it.
      Instant forgotten = times.size() > BLIND_TIMES ? times.remove(0).to() : null;
      return new State(
          forgotten == null ? since : forgotten,
          clockOffset,
          clockSigma,
          reason,
          List.copyOf(times));
    }

    private State seeing(Instant now) {
      List<Blind> times = new ArrayList<>(blind);
      Blind last = times.remove(times.size() - 1);
      times.add(new Blind(last.from(), now));
      return new State(since, clockOffset, clockSigma, null, List.copyOf(times));
    }

    /** It sees again, if such a sign of it is enough to end its blindness. */
    private State seeing(Because atMost, Instant now) {
      return because == null || because.compareTo(atMost) > 0 ? this : seeing(now);
    }
  }

  /** Why a device is blind; each takes a stronger sign than the one before to end. */
  public enum Because {
    /** Its connection was lost; whatever it sends live ends that. */
    OFFLINE,
    /** Somebody works on it; its own word ends that. */
    MAINTENANCE,
    /** device-health found that it misses things; only device-health ends that. */
    UNHEALTHY;

    private Because orStronger(Because other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "passage-context",
            1,
            Ordering.EVENT_TIME,
            Set.of(
                AccessEvent.class,
                FaceCapture.class,
                DeviceStatus.class,
                DeviceHealth.class,
                Device.class),
            State.class,
            Settings.DEFAULTS,
            PassageContext::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Passage and its device",
                "通行与设备状态",
                "Says of each use of a credential and each person seen how far the device's clock is"
                    + " off and when the device was blind; serves impossible-travel, visitor-pass-misuse"
                    + " and dormant-credential.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "models-spec 1.2 and T8"),
            List::of)
        .deriving(PassageInContext.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    String device =
        fact instanceof DeviceHealth health
            ? health.device()
            : fact instanceof Device installed
                ? installed.id()
                : fact instanceof DeviceEvent event && concerns(event) ? event.device() : "";
    return device.isEmpty() ? List.of() : List.of(fact.community() + '/' + device);
  }

  private static boolean concerns(DeviceEvent event) {
    return event instanceof AccessEvent access
        ? !access.credential().isEmpty() || access.person() != null
        : !(event instanceof FaceCapture capture) || capture.person() != null;
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof Device device) {
      return device.active() ? Step.keep(before) : Step.forget();
    }
    State state = before == null ? new State(fact.time(), null, null, null, List.of()) : before;
    if (fact instanceof DeviceHealth health) {
      State now = state.clock(health.clockOffset(), health.clockSigma());
      return Step.keep(
          health.sees()
              ? now.seeing(Because.UNHEALTHY, health.time())
              : now.blinded(Because.UNHEALTHY, health.time()));
    } else if (fact instanceof DeviceStatus status) {
      return Step.keep(reported(status, state));
    } else if (fact instanceof DeviceEvent event) {
      State now = event.origin().buffered() ? state : state.seeing(Because.OFFLINE, event.time());
      return Step.keep(now).derive(inContext(event, now));
    }
    return Step.keep(state);
  }

  private static State reported(DeviceStatus status, State state) {
    State now =
        switch (status.state()) {
          case ONLINE, DEGRADED -> state.seeing(Because.MAINTENANCE, status.time());
          case OFFLINE -> state.blinded(Because.OFFLINE, status.time());
          case MAINTENANCE -> state.blinded(Because.MAINTENANCE, status.time());
        };
    Double offset = status.clockOffsetMillis();
    return offset == null || now.clockSigma() != null
        ? now
        : now.clock(Duration.ofMillis(Math.round(offset)), null);
  }

  private PassageInContext inContext(DeviceEvent event, State state) {
    Duration offset = state.clockOffset();
    Duration sigma = state.clockSigma();
    boolean synchronised = offset != null || event.origin().clock() == ClockQuality.GOOD;
    return new PassageInContext(
        event,
        offset == null ? Duration.ZERO : offset,
        sigma != null
            ? sigma.toMillis() / 1000.0
            : synchronised ? settings.sigmaSynchronised() : settings.sigmaFree(),
        state.since(),
        state.blind());
  }
}
