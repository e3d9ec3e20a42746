package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
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
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered credential opens a door after months without use (休眠凭证): its holder is asked.
 *
 * <p>That it was not used is a conclusion from something not seen, so the reader at which it turns
 * up again must have worked nearly all that time; a short blind time hides a use with no more than
 * its share of the time.
 */
public final class DormantCredential implements AnalysisModel<Fact, DormantCredential.State> {

  private static final int VERSIONS = 8;

  private final Settings settings;

  DormantCredential(Settings settings) {
    this.settings = settings;
  }

  /** When a credential counts as dormant. */
  public record Settings(
      @Setting(value = "a credential that was not used for this long is dormant", min = 1)
          Duration dormantFor,
      @Setting(
              value = "share of that time in which the reader may have been blind",
              unit = "share",
              max = 1)
          double maxBlind,
      @Setting(
              value = "share of such uses that are not the holder's",
              unit = "probability",
              max = 1)
          double notTheHolder,
      @Setting("uses older than this are not told or taken back when the registry changes")
          Duration lateReach,
      @Setting(value = "how long the last use is remembered", min = 1) Duration remember)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS =
        new Settings(Duration.ofDays(90), 0.05, 0.2, Duration.ofDays(7), Duration.ofDays(400));
  }

  /**
   * A credential.
   *
   * @param versions what is registered of it
   * @param last its last use; null: none is known
   * @param rested its last use after a long rest, while it can be told or taken back
   */
  public record State(
      List<Credential> versions, @Nullable Evidence last, @Nullable RestedUse rested) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "dormant-credential",
        1,
        Ordering.EVENT_TIME,
        Set.of(PassageInContext.class, Credential.class),
        State.class,
        Settings.DEFAULTS,
        DormantCredential::new,
        new EpisodePolicy(Duration.ofDays(7), Duration.ZERO, Duration.ofDays(30)),
        new ModelCard(
            "Dormant credential used",
            "休眠凭证启用",
            "A registered credential opens a door after 90 days without use. Its holder confirms"
                + " that it was in the right hand, or has it withdrawn. Nobody else is told.",
            List.of(Audience.RESIDENT),
            LateData.ORDERED,
            List.of(
                "The holder was away, or took a spare card out of the drawer: only the holder is"
                    + " told, least urgent, and confirms with one tap.",
                "It was used while a reader was blind: no alert if the reader at which it turns up"
                    + " was blind for more than a twentieth of the time, or has not been watched"
                    + " since a credential that was never used was issued.",
                "It was issued again to somebody in the meantime: the time counts from the issue;"
                    + " an issue that is recorded late takes the alert back.",
                "Nothing is registered of it, or it is not valid: nobody to ask, or a case for"
                    + " stale-grant."),
            "Review of unused accounts and badges: NIST SP 800-53 AC-2(3), 90 days as in PCI DSS"
                + " 8.2.6"),
        DormantCredentialExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    String credential =
        fact instanceof Credential registered
            ? registered.credential()
            : fact instanceof PassageInContext passage
                    && passage.event() instanceof AccessEvent use
                    && use.passed()
                ? use.credential()
                : "";
    return credential.isEmpty() ? List.of() : List.of(fact.community() + '|' + credential);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(List.of(), null, null) : before;
    if (fact instanceof Credential credential) {
      List<Credential> versions = Validity.with(state.versions(), credential, VERSIONS);
      return judged(new State(versions, state.last(), state.rested()), credential.time());
    } else if (fact instanceof PassageInContext passage
        && passage.event() instanceof AccessEvent use) {
      RestedUse rested =
          rested(state.last(), use.time())
              ? RestedUse.of(passage, use, state.last())
              : remembered(state.rested(), use.time());
      Evidence last = Evidence.of(use, "dormant-credential.before");
      return judged(new State(state.versions(), last, rested), use.time());
    }
    return Step.keep(before);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return Step.forget();
  }

  private boolean rested(@Nullable Evidence last, Instant now) {
    return last == null || !last.time().plus(settings.dormantFor()).isAfter(now);
  }

  private @Nullable RestedUse remembered(@Nullable RestedUse use, Instant now) {
    return use == null || use.time().plus(settings.lateReach()).isBefore(now) ? null : use;
  }

  /** Judges the use after the rest by what is known now, and tells what changed. */
  private Step<State> judged(State state, Instant now) {
    RestedUse use = remembered(state.rested(), now);
    if (use == null) {
      return kept(new State(state.versions(), state.last(), null), List.of());
    }
    Credential version = Validity.at(state.versions(), use.time());
    // Nothing valid is no explanation: what was told stands.
    boolean dormant = version == null ? use.told() : dormant(use, version);
    List<Finding> findings =
        version == null || dormant == use.told()
            ? List.of()
            : List.of(dormant ? finding(use, version, now) : retraction(use, version, now));
    return kept(new State(state.versions(), state.last(), use.told(dormant)), findings);
  }

  private boolean dormant(RestedUse use, Credential version) {
    Instant since = since(use, version);
    boolean neverUsed = neverUsed(use, version);
    return !since.plus(settings.dormantFor()).isAfter(use.time())
        && blind(use, since) <= settings.maxBlind()
        && !(neverUsed && use.watchedSince().isAfter(since));
  }

  /** Since when it rests: its last use, or its issue if that was later. */
  private static Instant since(RestedUse use, Credential version) {
    Evidence before = use.before();
    return neverUsed(use, version) || before == null ? version.entry().validFrom() : before.time();
  }

  private static boolean neverUsed(RestedUse use, Credential version) {
    return use.before() == null || use.before().time().isBefore(version.entry().validFrom());
  }

  private static double blind(RestedUse use, Instant since) {
    return PassageInContext.blindShare(use.blind(), since, use.time());
  }

  private Finding finding(RestedUse use, Credential version, Instant now) {
    Instant since = since(use, version);
    boolean neverUsed = neverUsed(use, version);
    Finding.Builder finding =
        Finding.evidence(
                version.credential(),
                use.event().eventId(),
                use.community(),
                use.event().place(),
                now)
            .since(neverUsed ? use.time() : since)
            // The use that it rested since may itself have been told.
            .dated(use.time())
            .subject(Passage.CREDENTIAL, version.credential(), "credential")
            .severity(Severity.P4)
            .to(Audience.RESIDENT)
            .explanation(
                neverUsed ? "dormant-credential.never-used" : "dormant-credential.used-again")
            .value("place", use.placeName())
            .value("time", Labels.of(use.time(), use.local()))
            .value("since", Labels.of(since, use.local()))
            .value("rest", Labels.of(Duration.between(since, use.time())))
            .stoppedBy("dormant-credential.stopped-by-use")
            // What other readers missed is not known.
            .coverage(Coverage.ASSUMED)
            .score(settings.notTheHolder() * (1 - blind(use, since)));
    if (version.holder() != null) {
      finding.subject(Passage.PERSON, version.holder(), "holder");
    }
    if (!neverUsed && use.before() != null) {
      finding.evidence(use.before());
    }
    return finding.evidence(use.event()).build();
  }

  private static Finding retraction(RestedUse use, Credential version, Instant now) {
    return Finding.retract(
        version.credential(),
        use.event().eventId(),
        use.community(),
        use.event().place(),
        now,
        "dormant-credential.issued-again");
  }

  private Step<State> kept(State state, List<Finding> findings) {
    return Step.keep(state).findings(findings).wakeAt(forgetAt(state));
  }

  /** A while after the last use or the end; null while a registered credential has no end. */
  private @Nullable Instant forgetAt(State state) {
    Instant last = state.last() == null ? Instant.MIN : state.last().time();
    for (Credential version : state.versions()) {
      Instant end = version.entry().validTo();
      if (end == null) {
        return null;
      }
      last = end.isAfter(last) ? end : last;
    }
    return last.plus(settings.remember());
  }
}
