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
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.model.GrantVerdict.Reason;
import gatehouse.registry.Credential;
import gatehouse.registry.Lease;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A credential is used that no valid grant covers: revoked, expired, replaced, its lease or pass
 * ended, used too often or at the wrong place (失效授权使用).
 *
 * <p>Each use is judged by what was valid at its time. Its last uses are judged again whenever the
 * registry or the successor tells something new: a renewal that is recorded late takes the alert
 * back, a loss that is reported late gives one.
 */
public final class StaleGrant implements AnalysisModel<Fact, StaleGrant.State> {

  private static final int USES = 16;
  private static final int SUCCESSOR_USES = 16;

  private final Settings settings;

  StaleGrant(Settings settings) {
    this.settings = settings;
  }

  /** Graces, and how a replaced credential in use is told from a temporary badge. */
  public record Settings(
      @Setting("a lease that ended is not judged for this long: renewals are recorded late")
          Duration leaseGrace,
      @Setting("a visitor may come this much earlier or later") Duration passGrace,
      @Setting("after the end leaving is no misuse for this long") Duration leaveGrace,
      @Setting(value = "both in use on this many days means two hands", min = 1, max = 30) int days,
      @Setting("a use between two of the successor's, this close to one, means two hands")
          Duration interleaved,
      @Setting("both at the same place within this time is one hand that tries both")
          Duration sameHand,
      @Setting("a second use at the same place within this time is the same use")
          Duration doubleUse,
      @Setting("uses older than this are not reported when the registry changes")
          Duration lateReach,
      @Setting(value = "a plate read with less confidence is no use", unit = "share", max = 1)
          double minConfidence,
      @Setting(
              value =
                  "probability that a lease's or credential's end is not up to date in the registry",
              unit = "probability",
              max = 1)
          double staleRegistry,
      @Setting(value = "the same for passes and for reports of loss", unit = "probability", max = 1)
          double staleReport,
      @Setting(value = "such errors are corrected within this time", min = 3600)
          Duration staleDecay,
      @Setting(value = "what ended is remembered this long", min = 86400) Duration remember)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(
            Duration.ofHours(72),
            Duration.ofMinutes(60),
            Duration.ofHours(24),
            2,
            Duration.ofMinutes(10),
            Duration.ofMinutes(2),
            Duration.ofSeconds(8),
            Duration.ofDays(30),
            0.8,
            0.15,
            0.02,
            Duration.ofDays(7),
            Duration.ofDays(180));
  }

  /**
   * A credential.
   *
   * @param grants what is registered of it
   * @param successorUses the last uses of the one that replaced it
   * @param uses its last uses and attempts, oldest first
   * @param olderUses how many uses that count against a pass's limit came before those
   */
  public record State(Grants grants, List<Evidence> successorUses, List<Use> uses, int olderUses) {}

  /**
   * A use or an attempt.
   *
   * @param event the event
   * @param community the community
   * @param placeName the place as shown to people
   * @param timeZone in which times are shown; empty: UTC
   * @param direction which way
   * @param passed whether it was let pass
   * @param counts whether it counts against a pass's limit
   * @param subjectType credential or plate
   * @param subject its id
   * @param told code of what was found of it; empty: nothing
   * @param episode the episode it was found for; empty: none
   */
  public record Use(
      Evidence event,
      String community,
      String placeName,
      String timeZone,
      Direction direction,
      boolean passed,
      boolean counts,
      String subjectType,
      String subject,
      String told,
      String episode) {

    Instant time() {
      return event.time();
    }

    ZoneId local() {
      return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
    }

    Use told(String code, String inEpisode) {
      return new Use(
          event,
          community,
          placeName,
          timeZone,
          direction,
          passed,
          counts,
          subjectType,
          subject,
          code,
          inEpisode);
    }
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "stale-grant",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            AccessEvent.class,
            PlateRead.class,
            Credential.class,
            Lease.class,
            VisitorPass.class,
            SuccessorUse.class),
        State.class,
        Settings.DEFAULTS,
        StaleGrant::new,
        new EpisodePolicy(Duration.ofDays(7), Duration.ZERO, Duration.ofDays(30)),
        new ModelCard(
            "Stale grant",
            "失效授权使用",
            "A credential whose grant was revoked, expired, replaced or used up is used, or"
                + " somebody tries to; being let in is worse than being refused.",
            List.of(Audience.PROPERTY, Audience.RESIDENT),
            LateData.ORDERED,
            List.of(
                "The renewal was recorded late (the main cause): a grace of three days for leases,"
                    + " and the alert is taken back when the renewal becomes known.",
                "A badge was forgotten and a temporary one used for a day: temporary badge, least"
                    + " urgent.",
                "A visitor leaves after the pass ended: leaving is no misuse for a day.",
                "The holder tries old and new badge at the same reader: one hand, not two.",
                "Nothing is registered of the credential: no conclusion."),
            "models-spec, stale-grant; registry judged bi-temporally (Snodgrass, Developing"
                + " Time-Oriented Database Applications in SQL, 2000)"),
        StaleGrantExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof Lease lease) {
      return lease.credentials().stream().distinct().map(id -> key(fact, id)).toList();
    }
    String credential =
        fact instanceof Credential registered
            ? registered.credential()
            : fact instanceof VisitorPass pass
                ? pass.pass()
                : fact instanceof SuccessorUse use
                    ? use.predecessor()
                    : fact instanceof DeviceEvent event ? used(event) : "";
    return credential.isEmpty() ? List.of() : List.of(key(fact, credential));
  }

  private static String key(Fact fact, String credential) {
    return fact.community() + '|' + credential;
  }

  private String used(DeviceEvent event) {
    Passage passage = Passage.of(event);
    return passage == null || passage.confidence() < settings.minConfidence()
        ? ""
        : passage.subject();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(Grants.NONE, List.of(), List.of(), 0) : before;
    if (fact instanceof DeviceEvent event) {
      Passage passage = Passage.of(event);
      // A plate of which nothing is registered is no credential; most plates are not.
      return passage == null || (event instanceof PlateRead && state.grants().unknown())
          ? kept(before, List.of())
          : used(event, passage, state);
    } else if (fact instanceof SuccessorUse use) {
      List<Evidence> uses = new ArrayList<>(state.successorUses());
      uses.add(use.use());
      uses.sort(Comparator.comparing(Evidence::time));
      if (uses.size() > SUCCESSOR_USES) {
        // The first is the change itself; it stays.
        uses.remove(1);
      }
      State now = new State(state.grants(), List.copyOf(uses), state.uses(), state.olderUses());
      return judgedAgain(now, fact.time());
    } else if (fact instanceof RegistryFact registered) {
      State now =
          new State(
              state.grants().with(registered),
              state.successorUses(),
              state.uses(),
              state.olderUses());
      return judgedAgain(now, fact.time());
    }
    return kept(before, List.of());
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return Step.forget();
  }

  private Step<State> used(DeviceEvent event, Passage passage, State state) {
    List<Use> uses = new ArrayList<>(state.uses());
    int older = state.olderUses();
    uses.add(use(event, passage, state));
    if (uses.size() > USES) {
      older += uses.remove(0).counts() ? 1 : 0;
    }
    State now = new State(state.grants(), state.successorUses(), List.copyOf(uses), older);
    List<Finding> findings = new ArrayList<>();
    int last = uses.size() - 1;
    uses.set(last, judged(last, now, event.time(), findings));
    return kept(new State(now.grants(), now.successorUses(), List.copyOf(uses), older), findings);
  }

  private Use use(DeviceEvent event, Passage passage, State state) {
    Use last = state.uses().isEmpty() ? null : state.uses().get(state.uses().size() - 1);
    boolean twice =
        last != null
            && last.event().place().equals(event.place().id())
            && !last.time().plus(settings.doubleUse()).isBefore(event.time());
    return new Use(
        Evidence.of(event, "stale-grant.use"),
        event.community(),
        Labels.of(event.place()),
        event.place().timeZone(),
        passage.direction(),
        passage.passed(),
        passage.passed() && passage.direction() != Direction.OUT && !twice,
        passage.subjectType(),
        passage.subject(),
        "",
        "");
  }

  private Step<State> judgedAgain(State state, Instant now) {
    List<Finding> findings = new ArrayList<>();
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i < state.uses().size(); i++) {
      uses.add(judged(i, state, now, findings));
    }
    return kept(
        new State(state.grants(), state.successorUses(), List.copyOf(uses), state.olderUses()),
        findings);
  }

  /** Judges a use by what is known now, and tells what changed since it was judged last. */
  private Use judged(int index, State state, Instant now, List<Finding> findings) {
    Use use = state.uses().get(index);
    GrantVerdict verdict = verdict(index, state);
    Succession succession = succession(state, use.local());
    String code = verdict == null ? "" : code(verdict, succession);
    if (code.equals(use.told())) {
      return use;
    }
    String episode =
        verdict == null ? "" : use.subjectType() + '|' + use.subject() + '|' + slug(verdict);
    if (!use.episode().isEmpty() && !use.episode().equals(episode)) {
      findings.add(
          Finding.retract(
              use.episode(),
              use.event().eventId(),
              use.community(),
              use.event().place(),
              now,
              "stale-grant.renewed-afterwards"));
    }
    if (verdict == null) {
      return use.told("", "");
    }
    if (use.time().plus(settings.lateReach()).isBefore(now)) {
      return use.told(code, "");
    }
    // What only looks worse now is told once, by the newest use of the episode.
    if (use.episode().equals(episode) && hasNewer(episode, index, state)) {
      return use.told(code, episode);
    }
    findings.add(finding(use, verdict, code, succession, state, now));
    return use.told(code, episode);
  }

  private static boolean hasNewer(String episode, int index, State state) {
    return state.uses().subList(index + 1, state.uses().size()).stream()
        .anyMatch(newer -> newer.episode().equals(episode));
  }

  private @Nullable GrantVerdict verdict(int index, State state) {
    Use use = state.uses().get(index);
    Grants grants = state.grants();
    GrantVerdict verdict =
        grants.judge(
            use.time(),
            use.passed() ? use.event().place() : "",
            settings.leaseGrace(),
            settings.passGrace());
    VisitorPass pass = verdict == null ? grants.passAt(use.time()) : null;
    if (pass != null && pass.uses() > 0 && usesBefore(index, state) >= pass.uses()) {
      verdict = GrantVerdict.of(Reason.TOO_MANY_USES, use.time());
    }
    return verdict == null || excused(use, verdict, state) ? null : verdict;
  }

  /** Uses that count against a pass's limit, before this one. */
  private static int usesBefore(int index, State state) {
    int count = state.olderUses();
    for (int i = 0; i < index; i++) {
      count += state.uses().get(i).counts() ? 1 : 0;
    }
    return count;
  }

  private boolean excused(Use use, GrantVerdict verdict, State state) {
    boolean out = use.direction() == Direction.OUT;
    return switch (verdict.reason()) {
      case LEASE_ENDED, PASS_ENDED, EXPIRED ->
          out && !verdict.boundary().plus(settings.leaveGrace()).isBefore(use.time());
      case NOT_YET_VALID -> out;
      case TOO_MANY_USES -> out || (use.passed() && !use.counts());
      // As long as the new one was never used, the old one is all the holder has.
      case SUPERSEDED -> {
        Evidence change = succession(state, use.local()).change();
        yield change == null || !change.time().isBefore(use.time());
      }
      case REVOKED, LOST, MOVED_OUT, WRONG_PLACE -> false;
    };
  }

  private static Succession succession(State state, ZoneId zone) {
    return new Succession(
        state.uses().stream().map(Use::event).toList(), state.successorUses(), zone);
  }

  private String code(GrantVerdict verdict, Succession succession) {
    if (verdict.reason() != Reason.SUPERSEDED) {
      return "stale-grant." + slug(verdict);
    }
    return switch (kind(succession)) {
      case LOST_USE -> "stale-grant.lost-use";
      case TEMPORARY -> "stale-grant.temporary-badge";
    };
  }

  private Succession.Kind kind(Succession succession) {
    return succession.kind(settings.days(), settings.interleaved(), settings.sameHand());
  }

  private static String slug(GrantVerdict verdict) {
    return verdict.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Finding finding(
      Use use, GrantVerdict verdict, String code, Succession succession, State state, Instant now) {
    Severity severity = severity(verdict.reason(), kind(succession));
    Duration off = Duration.between(verdict.boundary(), use.time()).abs();
    Finding.Builder finding =
        Finding.evidence(
                use.subjectType() + '|' + use.subject() + '|' + slug(verdict),
                use.event().eventId(),
                use.community(),
                use.event().place(),
                now)
            .since(use.time())
            .subject(use.subjectType(), use.subject(), "credential")
            .severity(use.passed() ? severity : severity.lowered())
            .to(Audience.PROPERTY)
            .explanation(code)
            .value("place", use.placeName())
            .value("time", Labels.of(use.time(), use.local()))
            .value("boundary", Labels.of(verdict.boundary(), use.local()))
            .value("off", Labels.of(off))
            .value("outcome", use.passed() ? "GRANTED" : "DENIED")
            .stoppedBy(stoppedBy(verdict.reason()))
            .evidence(use.event())
            .score(score(verdict.reason(), kind(succession), off));
    String holder = state.grants().holder();
    if (holder != null) {
      finding.subject(Passage.PERSON, holder, "holder");
    }
    if (verdict.reason() == Reason.SUPERSEDED) {
      withSuccessor(finding, state, succession.nearest(use.time()));
    }
    // The owner can say at once whether a lost or replaced credential is in the right hand.
    boolean tellOwner = verdict.reason() == Reason.LOST || code.equals("stale-grant.lost-use");
    return tellOwner ? finding.to(Audience.RESIDENT).build() : finding.build();
  }

  private static void withSuccessor(
      Finding.Builder finding, State state, @Nullable Evidence nearest) {
    String successor = Objects.requireNonNullElse(state.grants().successor(), "");
    finding.subject(Passage.CREDENTIAL, successor, "successor");
    if (nearest != null) {
      finding.evidence(nearest);
    }
  }

  private static Severity severity(Reason reason, Succession.Kind kind) {
    return switch (reason) {
      case REVOKED, LOST, MOVED_OUT -> Severity.P2;
      case LEASE_ENDED, PASS_ENDED, EXPIRED, TOO_MANY_USES, WRONG_PLACE -> Severity.P3;
      case NOT_YET_VALID -> Severity.P4;
      case SUPERSEDED -> kind == Succession.Kind.LOST_USE ? Severity.P2 : Severity.P4;
    };
  }

  /** One minus the probability that the registry is just not up to date; that fades with time. */
  private double score(Reason reason, Succession.Kind kind, Duration off) {
    double wrong =
        switch (reason) {
          case LEASE_ENDED, EXPIRED, MOVED_OUT, NOT_YET_VALID -> settings.staleRegistry();
          case PASS_ENDED, REVOKED, LOST, TOO_MANY_USES, WRONG_PLACE -> settings.staleReport();
          case SUPERSEDED ->
              kind == Succession.Kind.LOST_USE
                  ? settings.staleReport()
                  : 1 - settings.staleRegistry();
        };
    boolean fades = reason != Reason.SUPERSEDED;
    double age = off.toMillis() / (double) settings.staleDecay().toMillis();
    return 1 - wrong * (fades ? Math.exp(-age) : 1);
  }

  private static String stoppedBy(Reason reason) {
    return switch (reason) {
      case LEASE_ENDED, PASS_ENDED, EXPIRED, NOT_YET_VALID, TOO_MANY_USES ->
          "stale-grant.stopped-by-renewal";
      case REVOKED, LOST, MOVED_OUT, SUPERSEDED -> "stale-grant.stopped-by-withdrawal";
      case WRONG_PLACE -> "stale-grant.stopped-by-right";
    };
  }

  private Step<State> kept(@Nullable State state, List<Finding> findings) {
    return Step.keep(state).findings(findings).wakeAt(state == null ? null : forgetAt(state));
  }

  /** When nothing that is kept matters any more; null while a grant has no end. */
  private @Nullable Instant forgetAt(State state) {
    Instant lastUse =
        state.uses().isEmpty() ? Instant.MIN : state.uses().get(state.uses().size() - 1).time();
    if (state.grants().unknown()) {
      return lastUse.equals(Instant.MIN) ? null : lastUse.plus(settings.lateReach());
    }
    Instant end = state.grants().end();
    return end == null ? null : (end.isAfter(lastUse) ? end : lastUse).plus(settings.remember());
  }
}
