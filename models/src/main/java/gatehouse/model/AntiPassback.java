package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DoorEvent;
import gatehouse.fact.Fact;
import gatehouse.model.ZoneCrossing.Kind;
import gatehouse.model.ZoneCrossing.Pair;
import gatehouse.site.Zone;
import gatehouse.stats.BetaPosterior;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A credential is used in ways one holder cannot: in while inside, out while outside, again too
 * soon (防反潜回). Never blocks anybody.
 *
 * <p>Keyed by zone: the zone knows how often its readers miss somebody, and when they did not work
 * at all. In a strict zone each passage that does not add up is an alert of its own. In a soft one
 * it is evidence for a shared credential, weighed against what the readers miss.
 */
public final class AntiPassback implements AnalysisModel<Fact, AntiPassback.State> {

  private static final int CLOCKS = 64;

  private final Settings settings;
  private final SharingEvidence sharing;

  AntiPassback(Settings settings) {
    this.settings = settings;
    this.sharing =
        new SharingEvidence(
            settings.sharedViolations(), settings.tooSoonFactor(), settings.halfLife());
  }

  /** How evidence is weighed where a zone is soft. */
  public record Settings(
      @Setting(
              value = "evidence that makes an alert, as ln of the odds against one holder",
              unit = "ln odds",
              max = 50)
          double alarm,
      @Setting(
              value = "share of a shared credential's pairs that do not add up",
              unit = "share",
              min = 0.05,
              max = 0.95)
          double sharedViolations,
      @Setting(
              value = "how many times likelier a re-use within minutes is if two share it",
              min = 1,
              max = 100)
          double tooSoonFactor,
      @Setting(value = "after this time a pair of passages counts half", min = 3600)
          Duration halfLife,
      @Setting(value = "prior pairs with an unread passage", min = 0.1) double priorMissed,
      @Setting(value = "prior pairs with both passages read", min = 0.1) double priorSeen,
      @Setting(value = "after this time what a zone's readers missed counts half", min = 86400)
          Duration missedHalfLife,
      @Setting(
              value = "a zone that misses more pairs than this is not judged",
              unit = "share",
              max = 1)
          double blindShare,
      @Setting(value = "how sure that must be", unit = "probability", min = 0.5, max = 1)
          double blindCertainty,
      @Setting(value = "standard deviations of measured clocks that are granted", max = 10)
          double sigmas)
      implements gatehouse.analysis.Settings {

    /**
     * The alarm is above the usual odds of 100 (4.6): simulated with 1000 credentials for 30 days,
     * 2 to 10 % of passages not read, that was wrong one to four times a day. At 9, with 2 and 5 %
     * not read, no alert was wrong, and cards shared daily were found after four to six days.
     */
    static final Settings DEFAULTS =
        new Settings(9, 0.5, 5, Duration.ofDays(14), 2, 8, Duration.ofDays(60), 0.4, 0.95, 3);
  }

  /**
   * A zone.
   *
   * @param missed pairs of passages that did not add up, faded
   * @param seen pairs of passages that did, faded
   * @param countedAt time of the last of them
   * @param border when the zone's border was watched
   * @param clocks the measured clocks of the border's devices, at most {@value #CLOCKS}
   */
  public record State(
      double missed,
      double seen,
      @Nullable Instant countedAt,
      BorderWatch border,
      List<MeasuredClock> clocks) {

    State with(BorderWatch watch) {
      return new State(missed, seen, countedAt, watch, clocks);
    }

    State with(List<MeasuredClock> measured) {
      return new State(missed, seen, countedAt, border, measured);
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "anti-passback",
        1,
        Ordering.EVENT_TIME,
        Set.of(ZoneCrossing.class, DeviceStatus.class, DoorEvent.class, DeviceHealth.class),
        State.class,
        Settings.DEFAULTS,
        AntiPassback::new,
        new EpisodePolicy(Duration.ofDays(7), Duration.ZERO, Duration.ofDays(7)),
        new ModelCard(
            "Anti-passback and shared credential",
            "反潜回与凭证共用",
            "A credential, plate, tag or track enters a zone it was not seen to leave, or leaves one"
                + " it was not seen to enter. Strict zones: each time. Soft zones: when what the"
                + " readers miss no longer explains it.",
            List.of(Audience.PROPERTY),
            LateData.ORDERED,
            List.of(
                "Somebody left with others through a held door: soft zones learn how many pairs"
                    + " of passages stay unread and weigh each violation by it.",
                "A reader was offline, or a door released for fire or by schedule: passages across"
                    + " that time are not judged.",
                "A zone has no exit readers: declare it NONE; a soft zone that misses most pairs"
                    + " is not judged either.",
                "The badge was presented twice, or the door never opened: neither moves anybody.",
                "A clock is off: passages close together are not compared, nor such as measured"
                    + " clocks may have put in the wrong order."),
            "Zone anti-passback with timed re-use, reset and forgive as access controllers offer it;"
                + " models-spec, anti-passback; measured on VAST Challenge 2009 MC1"),
        AntiPassbackExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof ZoneCrossing crossing) {
      return List.of(key(crossing.community(), crossing.zone()));
    }
    if (fact instanceof DeviceHealth health) {
      return UnseenCrossing.bordersOf(health.place()).stream()
          .map(zone -> key(health.community(), zone))
          .toList();
    }
    return fact instanceof DeviceEvent event && BorderWatch.concerns(event)
        ? UnseenCrossing.bordersOf(event.place()).stream()
            .map(zone -> key(event.community(), zone))
            .toList()
        : List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(0, 0, null, BorderWatch.NEW, List.of()) : before;
    if (fact instanceof ZoneCrossing crossing) {
      // What was not seen says nothing of a time in which the border was not watched.
      return state.border().sawEverything(crossing.before().time(), crossing.use().time())
              && MeasuredClock.inOrder(
                  state.clocks(), crossing.before(), crossing.use(), settings.sigmas())
          ? crossed(crossing, state)
          : Step.keep(state);
    }
    if (fact instanceof DeviceHealth health) {
      return Step.keep(
          state
              .with(state.border().after(health))
              .with(MeasuredClock.with(state.clocks(), health, CLOCKS)));
    }
    return fact instanceof DeviceEvent event
        ? Step.keep(state.with(state.border().after(event)))
        : Step.keep(state);
  }

  private static String key(String community, Zone zone) {
    return community + '|' + zone.id();
  }

  private Step<State> crossed(ZoneCrossing crossing, State state) {
    return switch (crossing.zone().antiPassback()) {
      case NONE -> Step.keep(state);
      case STRICT -> Step.keep(state).finding(violation(crossing, state));
      case SOFT -> {
        // Judged by what was learned before: a violation must not excuse itself.
        Finding shared = crossing.kind() == Kind.CLEAN ? null : sharedUse(crossing, state);
        Step<State> step = Step.keep(counted(crossing, state));
        yield shared == null ? step : step.finding(shared);
      }
    };
  }

  private State counted(ZoneCrossing crossing, State state) {
    Instant at = crossing.use().time();
    double fade =
        state.countedAt() == null
            ? 1
            : Math.pow(
                0.5,
                Duration.between(state.countedAt(), at).toMillis()
                    / (double) settings.missedHalfLife().toMillis());
    boolean clean = crossing.kind() == Kind.CLEAN;
    return new State(
        state.missed() * fade + (clean ? 0 : 1),
        state.seen() * fade + (clean ? 1 : 0),
        at,
        state.border(),
        state.clocks());
  }

  private Finding violation(ZoneCrossing crossing, State state) {
    return told(crossing, state, "strict|" + subject(crossing) + '|' + crossing.use().eventId())
        .explanation(code(crossing.kind()))
        .score(0.9)
        .build();
  }

  private @Nullable Finding sharedUse(ZoneCrossing crossing, State state) {
    BetaPosterior missed =
        new BetaPosterior(
            settings.priorMissed() + state.missed(), settings.priorSeen() + state.seen());
    if (missed.probabilityAbove(settings.blindShare()) >= settings.blindCertainty()) {
      return null;
    }
    List<Pair> watched =
        crossing.recent().stream()
            .filter(pair -> state.border().sawEverything(pair.from(), pair.to()))
            .toList();
    double evidence = sharing.logRatio(watched, missed.mean());
    if (evidence <= settings.alarm()) {
      return null;
    }
    return told(crossing, state, "shared|" + subject(crossing))
        .explanation("anti-passback.shared")
        .value("violations", watched.stream().filter(pair -> !pair.clean()).count())
        .value("pairs", watched.size())
        .value("missed", Math.round(missed.mean() * 100))
        .value("evidence", String.format(Locale.ROOT, "%.1f", evidence))
        .score(1 / (1 + Math.exp(settings.alarm() - evidence)))
        .build();
  }

  private static Finding.Builder told(ZoneCrossing crossing, State state, String episode) {
    Zone zone = crossing.zone();
    String timeZone = crossing.place().timeZone();
    ZoneId local = timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
    Finding.Builder told =
        Finding.evidence(
                episode,
                crossing.use().eventId(),
                crossing.community(),
                crossing.use().place(),
                crossing.time())
            .since(crossing.before().time())
            .subject(crossing.subjectType(), crossing.subject(), "user")
            .severity(zone.sensitivity() >= 2 ? Severity.P2 : Severity.P3)
            .to(Audience.PROPERTY)
            .value("zone", Labels.of(zone))
            .value("place", Labels.of(crossing.place()))
            .value("time", Labels.of(crossing.use().time(), local))
            .value("beforePlace", crossing.beforePlaceName())
            .value("beforeTime", Labels.of(crossing.before().time(), local))
            .stoppedBy(stoppedBy(crossing.kind()))
            .evidence(as(crossing.before(), "anti-passback.before"))
            .evidence(as(crossing.use(), "anti-passback.use"))
            .coverage(state.border().coverage());
    return crossing.person() == null
        ? told
        : told.subject(Passage.PERSON, crossing.person(), "holder");
  }

  private static Evidence as(Evidence seen, String role) {
    return new Evidence(
        seen.eventId(), seen.time(), seen.place(), seen.device(), seen.clock(), role);
  }

  private static String subject(ZoneCrossing crossing) {
    return crossing.subjectType() + '|' + crossing.subject();
  }

  private static String code(Kind kind) {
    return switch (kind) {
      case IN_WHILE_INSIDE -> "anti-passback.in-while-inside";
      case OUT_WHILE_OUTSIDE -> "anti-passback.out-while-outside";
      case ELSEWHERE_WHILE_INSIDE -> "anti-passback.elsewhere-while-inside";
      case INSIDE_WITHOUT_IN -> "anti-passback.inside-without-in";
      case REUSED -> "anti-passback.reused-too-soon";
      case CLEAN -> throw new IllegalArgumentException("a clean crossing is no violation");
    };
  }

  private static String stoppedBy(Kind kind) {
    return switch (kind) {
      case OUT_WHILE_OUTSIDE, INSIDE_WITHOUT_IN -> "anti-passback.stopped-by-seen-entering";
      case REUSED -> "anti-passback.stopped-by-waiting";
      case IN_WHILE_INSIDE, ELSEWHERE_WHILE_INSIDE, CLEAN ->
          "anti-passback.stopped-by-seen-leaving";
    };
  }
}
