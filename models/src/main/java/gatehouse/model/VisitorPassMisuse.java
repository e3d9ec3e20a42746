package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.model.PassUse.Elsewhere;
import gatehouse.model.PassUse.Misuse;
import gatehouse.registry.VisitorPass;
import gatehouse.site.Place;
import gatehouse.stats.NormalTail;
import gatehouse.stats.TravelTime;
import gatehouse.stats.TravelTime.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's pass (访客通行) is used more often than it allows, at a door it does not open, outside
 * its time, or at two doors at once.
 *
 * <p>Each use is judged by what was registered for its time. The last uses are judged again
 * whenever the registry tells something new: a host who extends the pass afterwards takes the alert
 * back.
 */
public final class VisitorPassMisuse implements AnalysisModel<Fact, VisitorPassMisuse.State> {

  private static final int USES = 32;
  private static final int VERSIONS = 8;

  private final Settings settings;
  private final TravelTime travel;

  VisitorPassMisuse(Settings settings) {
    this.settings = settings;
    this.travel =
        new TravelTime(
            settings.speed(),
            settings.detour(),
            settings.travelFactor(),
            settings.sigmas(),
            settings.slack().toMillis() / 1000.0);
  }

  /** What a visitor is granted beyond the pass, and how fast a visitor can be. */
  public record Settings(
      @Setting("a visitor may come this much earlier or later") Duration grace,
      @Setting("a second use at the same place within this time is the same use")
          Duration doubleUse,
      @Setting(value = "top speed inside a community: an e-bike", unit = "m/s", min = 0.1, max = 50)
          double speed,
      @Setting(value = "way over straight line where no way is declared", min = 1, max = 5)
          double detour,
      @Setting(value = "the least time is shortened by this before it counts", max = 1)
          double travelFactor,
      @Setting(value = "standard deviations of the clocks that are granted", max = 10)
          double sigmas,
      @Setting(value = "what is granted beside", max = 3600) Duration slack,
      @Setting(
              value = "probability that the pass is registered wrongly",
              unit = "probability",
              max = 1)
          double wrongRegistry,
      @Setting("a use before its pass becomes known is remembered this long") Duration registryLag,
      @Setting("uses older than this are not reported when the registry changes")
          Duration lateReach,
      @Setting("a pass that ended is remembered this long") Duration remember)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(
            Duration.ofMinutes(30),
            Duration.ofSeconds(8),
            7,
            1.3,
            0.85,
            3,
            Duration.ofSeconds(2),
            0.02,
            Duration.ofHours(1),
            Duration.ofDays(7),
            Duration.ofDays(30));
  }

  /**
   * A pass.
   *
   * @param versions what is registered of it
   * @param uses its last uses and attempts, oldest first
   * @param lastPlace where the newest of them was; null while no pass is known
   */
  public record State(List<VisitorPass> versions, List<PassUse> uses, @Nullable Place lastPlace) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "visitor-pass-misuse",
        1,
        Ordering.EVENT_TIME,
        Set.of(PassageInContext.class, VisitorPass.class),
        State.class,
        Settings.DEFAULTS,
        VisitorPassMisuse::new,
        new EpisodePolicy(Duration.ofDays(1), Duration.ZERO, Duration.ofDays(30)),
        new ModelCard(
            "Visitor's pass misused",
            "访客通行证滥用",
            "A visitor's pass is used more often than it allows, at a door it does not open, more"
                + " than half an hour outside its time, or at two doors at once. For its host, who"
                + " can extend or withdraw it, and the property.",
            List.of(Audience.RESIDENT, Audience.PROPERTY),
            LateData.ORDERED,
            List.of(
                "The visitor comes early or late: half an hour is granted, and leaving is never"
                    + " misuse.",
                "The code was shown twice because the door did not open at once: one use.",
                "The host extended the pass by word of mouth: the alert is taken back when the"
                    + " extension is registered.",
                "A pass for one use serves gate and house door: give it a use for every door on the"
                    + " way.",
                "The visitor tried a wrong door, or came too early, and was refused: no misuse.",
                "A clock is off: known offsets are taken off, the rest widens what is feasible.",
                "Nothing is known of the way between two doors: they are not compared."),
            "Practice of visitor management (use count, doors and window of a pass); models-spec T8"
                + " for two doors at once"),
        VisitorPassMisuseExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    String pass =
        fact instanceof VisitorPass registered
            ? registered.pass()
            : fact instanceof PassageInContext passage
                    && passage.event() instanceof AccessEvent use
                    && use.command() == null
                ? use.credential()
                : "";
    return pass.isEmpty() ? List.of() : List.of(fact.community() + '|' + pass);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(List.of(), List.of(), null) : before;
    if (fact instanceof VisitorPass pass) {
      return judged(
          new State(
              Validity.with(state.versions(), pass, VERSIONS), state.uses(), state.lastPlace()),
          pass.time());
    } else if (fact instanceof PassageInContext passage
        && passage.event() instanceof AccessEvent use) {
      return judged(used(passage, use, state), use.time());
    }
    return Step.keep(before);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return Step.forget();
  }

  private State used(PassageInContext passage, AccessEvent event, State state) {
    List<PassUse> uses = new ArrayList<>(state.uses());
    PassUse last = uses.isEmpty() ? null : uses.get(uses.size() - 1);
    boolean twice =
        last != null
            && last.event().place().equals(event.place().id())
            && !last.time().plus(settings.doubleUse()).isBefore(event.time());
    boolean counts = event.passed() && event.direction() != Direction.OUT && !twice;
    int number = (last == null ? 0 : last.number()) + (counts ? 1 : 0);
    PassUse use = PassUse.of(passage, event, counts, number);
    uses.add(use.after(elsewhere(last, state.lastPlace(), use, event)));
    return new State(
        state.versions(),
        List.copyOf(uses.subList(Math.max(0, uses.size() - USES), uses.size())),
        // Most credentials are no pass: of those only little is kept, and not for long.
        state.versions().isEmpty() ? null : event.place());
  }

  private @Nullable Elsewhere elsewhere(
      @Nullable PassUse last, @Nullable Place lastPlace, PassUse use, AccessEvent event) {
    if (last == null || lastPlace == null) {
      return null;
    }
    double taken = Duration.between(last.trueTime(), use.trueTime()).abs().toMillis() / 1000.0;
    double least =
        travel.leastSeconds(
            new Stop(event.community(), lastPlace), new Stop(event.community(), event.place()));
    double margin = travel.margin(least, taken);
    if (least <= 0 || !travel.infeasible(margin, last.sigma(), use.sigma())) {
      return null;
    }
    double clock = NormalTail.beyond(margin / Math.hypot(last.sigma(), use.sigma()));
    return new Elsewhere(last.event(), last.placeName(), taken, least, clock);
  }

  /** Judges all uses by what is known now, and tells what changed since they were judged last. */
  private Step<State> judged(State state, Instant now) {
    if (state.versions().isEmpty()) {
      return kept(state, List.of());
    }
    List<Finding> findings = new ArrayList<>();
    List<PassUse> uses = new ArrayList<>();
    for (int i = 0; i < state.uses().size(); i++) {
      PassUse use = state.uses().get(i);
      Misuse misuse = misuse(i, state);
      if (misuse != use.told()) {
        if (use.told() != null) {
          findings.add(retraction(use, use.told(), state, now));
        }
        if (misuse != null && !use.time().plus(settings.lateReach()).isBefore(now)) {
          findings.add(finding(use, misuse, state, now));
        }
      }
      uses.add(use.told(misuse));
    }
    return kept(new State(state.versions(), List.copyOf(uses), state.lastPlace()), findings);
  }

  private @Nullable Misuse misuse(int index, State state) {
    PassUse use = state.uses().get(index);
    if (use.elsewhere() != null) {
      return Misuse.TWO_DOORS;
    }
    if (use.leaving()) {
      return null;
    }
    PassTerms terms = terms(state);
    VisitorPass pass = terms.at(use.time());
    if (pass == null) {
      return outside(use, terms);
    }
    if (use.passed() && !pass.places().isEmpty() && !pass.places().contains(place(use))) {
      return Misuse.WRONG_DOOR;
    }
    // A refused attempt would have been one more use; a code shown twice is none.
    int uses = usesOf(pass, index, state) + (use.passed() ? 0 : 1);
    boolean twice = use.passed() && !use.counts();
    return pass.uses() > 0 && uses > pass.uses() && !twice ? Misuse.TOO_MANY_USES : null;
  }

  private static @Nullable Misuse outside(PassUse use, PassTerms terms) {
    if (terms.withdrawn(use.time())) {
      return Misuse.WITHDRAWN;
    }
    if (terms.endBefore(use.time()) != null) {
      return Misuse.ENDED;
    }
    return use.passed() ? Misuse.TOO_EARLY : null;
  }

  /** Uses that count since the pass began, up to this one. */
  private int usesOf(VisitorPass pass, int index, State state) {
    Instant begin = pass.entry().validFrom().minus(settings.grace());
    int before = 0;
    for (PassUse use : state.uses()) {
      before = use.time().isBefore(begin) ? use.number() : before;
    }
    return state.uses().get(index).number() - before;
  }

  private PassTerms terms(State state) {
    return new PassTerms(state.versions(), settings.grace());
  }

  private static String place(PassUse use) {
    return use.event().place();
  }

  private Finding finding(PassUse use, Misuse misuse, State state, Instant now) {
    VisitorPass pass = terms(state).newest();
    VisitorPass covering = terms(state).at(use.time());
    Finding.Builder finding =
        Finding.evidence(
                episode(pass, misuse), use.event().eventId(), pass.community(), place(use), now)
            .since(use.elsewhere() == null ? use.time() : use.elsewhere().event().time())
            .subject(Passage.CREDENTIAL, pass.pass(), "pass")
            .subject(Passage.PERSON, pass.host(), "host")
            .severity(use.passed() ? Severity.P3 : Severity.P4)
            .to(Audience.RESIDENT)
            .to(Audience.PROPERTY)
            .explanation("visitor-pass-misuse." + slug(misuse))
            .value("place", use.placeName())
            .value("time", Labels.of(use.time(), use.local()))
            .value("outcome", use.passed() ? "GRANTED" : "DENIED")
            .value("uses", (covering == null ? pass : covering).uses())
            .stoppedBy(stoppedBy(misuse))
            .score(1 - settings.wrongRegistry());
    Elsewhere other = use.elsewhere();
    if (misuse == Misuse.TWO_DOORS && other != null) {
      finding
          .value("otherPlace", other.placeName())
          .value("otherTime", Labels.of(other.event().time(), use.local()))
          .value("taken", Math.round(other.takenSeconds()))
          .value("least", Math.round(other.leastSeconds()))
          .evidence(other.event())
          .score(1 - settings.wrongRegistry() - other.clock());
    }
    Instant boundary = terms(state).endBefore(use.time());
    if (boundary == null) {
      boundary = terms(state).begin();
    }
    return finding
        .value("boundary", Labels.of(boundary, use.local()))
        .value("off", Labels.of(Duration.between(boundary, use.time()).abs()))
        .evidence(use.event())
        .build();
  }

  private Finding retraction(PassUse use, Misuse told, State state, Instant now) {
    VisitorPass pass = terms(state).newest();
    return Finding.retract(
        episode(pass, told),
        use.event().eventId(),
        pass.community(),
        place(use),
        now,
        "visitor-pass-misuse.allowed-afterwards");
  }

  private static String episode(VisitorPass pass, Misuse misuse) {
    return pass.pass() + '|' + slug(misuse);
  }

  private static String slug(Misuse misuse) {
    return misuse.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String stoppedBy(Misuse misuse) {
    return switch (misuse) {
      case TWO_DOORS -> "visitor-pass-misuse.stopped-by-own-pass";
      case WITHDRAWN, ENDED, TOO_EARLY, TOO_MANY_USES -> "visitor-pass-misuse.stopped-by-extension";
      case WRONG_DOOR -> "visitor-pass-misuse.stopped-by-right";
    };
  }

  private Step<State> kept(State state, List<Finding> findings) {
    return Step.keep(state).findings(findings).wakeAt(forgetAt(state));
  }

  /** When nothing that is kept matters any more; null while the pass has no end. */
  private @Nullable Instant forgetAt(State state) {
    Instant lastUse =
        state.uses().isEmpty() ? Instant.MIN : state.uses().get(state.uses().size() - 1).time();
    if (state.versions().isEmpty()) {
      return lastUse.plus(settings.registryLag());
    }
    Instant end = terms(state).end();
    return end == null ? null : (end.isAfter(lastUse) ? end : lastUse).plus(settings.remember());
  }
}
