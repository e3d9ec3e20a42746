package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.model.remote.AccountTrail;
import gatehouse.model.remote.Asked;
import gatehouse.model.remote.CommunityTrail;
import gatehouse.model.remote.Opened;
import gatehouse.registry.Entry;
import gatehouse.registry.Lockdown;
import gatehouse.registry.PhoneBinding;
import gatehouse.registry.RemoteOpenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remote opening (远程开门) is abused: an account asks too often, from a phone that is new or not
 * bound, or from two phones at once; or a door opened remotely while it was held closed.
 *
 * <p>Of an account: more than {@code often} requests within {@code oftenWithin} or more than {@code
 * aDay} within a day, refused ones included, for the platform refuses what is too much; an
 * authorised request from a phone that was bound less than {@code newPhone} ago, or is not bound at
 * that time, while the account has another phone (its first one is no news); authorised requests
 * from two phones within {@code twoPhonesWithin}. What somebody opens on duty does not count: a
 * guard lets people in all day, for reasons that are recorded and looked through elsewhere.
 *
 * <p>Of a community: a door reports a remote release while a lockdown of it holds, later than a
 * command under way may still arrive ({@code inFlight}). The platform refuses those requests, so
 * such a release went around it. Where the door's clock is not known to be good, releases within
 * {@code unsureClock} of the lockdown's begin and end do not count.
 *
 * <p>A phone binding or lockdown that is recorded later is taken as it was valid then: it takes
 * alerts back, or raises them. Source: the platform's own limits for remote opening; the rest is
 * judgement.
 */
public final class RemoteOpenAbuse implements AnalysisModel<Fact, RemoteOpenAbuse.State> {

  private static final String ACCOUNT = "account/";
  private static final String COMMUNITY = "community/";
  private static final Duration ONE_DAY = Duration.ofDays(1);

  /** Longer than a command lives, by far. */
  private static final Duration COMMANDS_REMEMBERED = Duration.ofMinutes(10);

  private static final int BINDINGS = 16;
  private static final int ASKED = 64;
  private static final int TOLD = 8;
  private static final int LOCKDOWNS = 64;
  private static final int UNDER_WAY = 64;
  private static final int OPENED = 64;

  private final Settings settings;

  /** The model with these settings. */
  public RemoteOpenAbuse(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "more requests than this in a short time are too many", min = 1, max = 60)
          int often,
      @Setting(value = "that short time", min = 1, max = 86_400) Duration oftenWithin,
      @Setting(value = "more requests than this in a day are too many", min = 1, max = 63) int aDay,
      @Setting(value = "a phone is new for this time", max = 31_536_000) Duration newPhone,
      @Setting(value = "two phones within this time are two at once", max = 86_400)
          Duration twoPhonesWithin,
      @Setting(value = "a command may arrive this long after a lockdown began", max = 3600)
          Duration inFlight,
      @Setting(
              value = "where the clock is not known to be good, it may be off by this",
              max = 86_400)
          Duration unsureClock,
      @Setting(value = "share of too frequent requests that are abuse", unit = "share", max = 1)
          double oftenMeant,
      @Setting(value = "share of openings from new phones that are abuse", unit = "share", max = 1)
          double newPhoneMeant,
      @Setting(
              value = "the same of a phone that takes the place of another one",
              unit = "share",
              max = 1)
          double replacedPhoneMeant,
      @Setting(value = "share of openings from two phones that are abuse", unit = "share", max = 1)
          double twoPhonesMeant,
      @Setting(
              value = "the same if they are at two doors, where one person cannot be",
              unit = "share",
              max = 1)
          double twoDoorsMeant,
      @Setting(value = "share of openings in a lockdown that are real", unit = "share", max = 1)
          double lockdownMeant)
      implements gatehouse.analysis.Settings {

    /** Limits are the platform's; the shares are judgement. */
    public static final Settings DEFAULTS =
        new Settings(
            6,
            Duration.ofMinutes(5),
            20,
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            Duration.ofSeconds(15),
            Duration.ofMinutes(2),
            0.4,
            0.2,
            0.1,
            0.2,
            0.3,
            0.95);
  }

  /**
   * What is kept of a key.
   *
   * @param account if the key is an account
   * @param community if the key is a community
   */
  public record State(@Nullable AccountTrail account, @Nullable CommunityTrail community) {}

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "remote-open-abuse",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            RemoteOpenRequest.class,
            PhoneBinding.class,
            Lockdown.class,
            AccessEvent.class,
            DoorEvent.class),
        State.class,
        Settings.DEFAULTS,
        RemoteOpenAbuse::new,
        EpisodePolicy.DEFAULT,
        new ModelCard(
            "Remote opening abused",
            "远程开门滥用",
            "An account asks for doors to be opened too often, from a new or unknown phone, or from"
                + " two phones at once; or a door opened remotely during a lockdown.",
            List.of(Audience.RESIDENT, Audience.PROPERTY),
            ModelCard.LateData.ORDERED,
            List.of(
                "A door that does not react, so that somebody tries again and again: told to the"
                    + " resident, who knows",
                "A new phone of the same person: the resident confirms; an account's first phone is"
                    + " no news",
                "A guard at a desk: what is opened on duty, for a recorded reason, does not count",
                "A family that shares an account: two phones at once are told least urgent",
                "A command that was under way when the lockdown began: 15 s do not count",
                "A door whose clock is off: two minutes at both ends of a lockdown do not count",
                "A lockdown that was lifted, or a binding that was recorded late: the alert is"
                    + " taken back"),
            "The platform's own limits (6 in 5 minutes, 20 a day); the rest is judgement"),
        RemoteOpenAbuse::example);
  }

  /** The smallest history in which it finds something: a door opens during a lockdown. */
  public static List<Fact> example() {
    Entry lasting =
        new Entry(
            "lockdown-1",
            "example",
            DoorExample.TIME.minus(Duration.ofHours(3)),
            DoorExample.TIME.minus(Duration.ofHours(2)),
            null);
    return List.of(
        DoorExample.door(),
        new Lockdown(lasting, "l1", ""),
        new AccessEvent(
            DoorExample.origin(1, DoorExample.TIME),
            "",
            CredentialType.REMOTE,
            "",
            null,
            null,
            Direction.UNKNOWN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            "command-1"));
  }

  @Override
  public List<String> keys(Fact fact) {
    String community = COMMUNITY + fact.community();
    if (fact instanceof RemoteOpenRequest request) {
      return request.capacity() == RemoteOpenRequest.Capacity.ADMIN
          ? List.of(community)
          : List.of(ACCOUNT + request.account(), community);
    } else if (fact instanceof PhoneBinding binding) {
      return List.of(ACCOUNT + binding.account());
    }
    boolean concerns =
        fact instanceof Lockdown
            || (fact instanceof AccessEvent access
                && access.passed()
                && access.credentialType() == CredentialType.REMOTE)
            || (fact instanceof DoorEvent door && door.change() == DoorEvent.Change.REMOTE_RELEASE);
    return concerns ? List.of(community) : List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State state) {
    if (key.startsWith(ACCOUNT)) {
      AccountTrail before = state == null ? null : state.account();
      return ofAccount(before == null ? AccountTrail.NEW : before, fact, fact.time());
    }
    CommunityTrail before = state == null ? null : state.community();
    return ofCommunity(before == null ? CommunityTrail.NEW : before, fact, fact.time());
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    if (state.account() != null) {
      return kept(state.account(), now, List.of());
    }
    return kept(Objects.requireNonNull(state.community()), now, List.of());
  }

  // An account

  private Step<State> ofAccount(AccountTrail trail, Fact fact, Instant now) {
    List<Finding> findings = new ArrayList<>();
    AccountTrail next = trail;
    if (fact instanceof PhoneBinding binding) {
      List<PhoneBinding> bindings = Validity.with(trail.bindings(), binding, BINDINGS);
      next = rebound(new AccountTrail(bindings, trail.asked(), trail.told()), now, findings);
    } else if (fact instanceof RemoteOpenRequest request) {
      Asked asked = Asked.of(request);
      List<Asked> all = new ArrayList<>(trail.asked());
      all.add(asked);
      all.sort(Comparator.comparing(Asked::at).thenComparing(Asked::fact));
      next = new AccountTrail(trail.bindings(), newest(all, ASKED), trail.told());
      tooOften(next, asked, now, findings);
      if (asked.authorised() && !asked.phone().isEmpty()) {
        twoPhones(next, asked, now, findings);
        next = phone(next, asked, now, findings);
      }
    }
    return kept(next, now, findings);
  }

  private void tooOften(AccountTrail trail, Asked asked, Instant now, List<Finding> findings) {
    List<Asked> lately = until(asked, trail.asked(), settings.oftenWithin());
    List<Asked> today = until(asked, trail.asked(), ONE_DAY);
    boolean burst = lately.size() > settings.often();
    if (!burst && today.size() <= settings.aDay()) {
      return;
    }
    List<Asked> these = burst ? lately : newest(today, 20);
    Finding.Builder finding =
        told(asked, now, "often/" + asked.account())
            .since(these.get(0).at())
            .severity(Severity.P3)
            .explanation(burst ? "remote-open-abuse.often" : "remote-open-abuse.all-day")
            .value("count", burst ? lately.size() : today.size())
            .value("minutes", settings.oftenWithin().toMinutes())
            .stoppedBy("remote-open-abuse.fewer")
            .score(settings.oftenMeant());
    newest(these, 20).forEach(one -> finding.evidence(one.evidence("remote-open-abuse.asked")));
    findings.add(finding.build());
  }

  private void twoPhones(AccountTrail trail, Asked asked, Instant now, List<Finding> findings) {
    Asked other = null;
    for (Asked before : until(asked, trail.asked(), settings.twoPhonesWithin())) {
      boolean another =
          before.authorised() && !before.phone().isEmpty() && !before.phone().equals(asked.phone());
      other = another ? before : other;
    }
    if (other == null) {
      return;
    }
    findings.add(
        told(asked, now, "phones/" + asked.account())
            .since(other.at())
            .severity(Severity.P4)
            .explanation("remote-open-abuse.two-phones")
            .value("seconds", Duration.between(other.at(), asked.at()).toSeconds())
            .stoppedBy("remote-open-abuse.one-phone")
            .evidence(other.evidence("remote-open-abuse.other-phone"))
            .evidence(asked.evidence("remote-open-abuse.asked"))
            .score(
                other.place().equals(asked.place())
                    ? settings.twoPhonesMeant()
                    : settings.twoDoorsMeant())
            .build());
  }

  private AccountTrail phone(AccountTrail trail, Asked asked, Instant now, List<Finding> findings) {
    String why = strange(trail, asked);
    boolean already =
        trail.told().stream()
            .anyMatch(
                one ->
                    one.phone().equals(asked.phone())
                        && one.at().plus(settings.newPhone()).isAfter(asked.at()));
    if (why == null || already) {
      return trail;
    }
    findings.add(
        told(asked, now, "phone/" + asked.account() + '/' + asked.phone())
            .since(asked.at())
            .severity(Severity.P3)
            .explanation(why)
            .value("hours", settings.newPhone().toHours())
            .stoppedBy("remote-open-abuse.bound-before")
            .evidence(asked.evidence("remote-open-abuse.asked"))
            .score(
                takesAPlace(trail, asked.phone())
                    ? settings.replacedPhoneMeant()
                    : settings.newPhoneMeant())
            .build());
    List<Asked> told = new ArrayList<>(trail.told());
    told.add(asked);
    return new AccountTrail(trail.bindings(), trail.asked(), newest(told, TOLD));
  }

  /** Why the phone is worth telling; null: it is not. */
  private @Nullable String strange(AccountTrail trail, Asked asked) {
    List<PhoneBinding> own =
        trail.bindings().stream().filter(one -> one.phone().equals(asked.phone())).toList();
    boolean another =
        trail.bindings().stream()
            .anyMatch(
                one ->
                    !one.phone().equals(asked.phone())
                        && !one.entry().validFrom().isAfter(asked.at()));
    PhoneBinding valid = Validity.at(own, asked.at());
    if (valid == null) {
      return another || !own.isEmpty() ? "remote-open-abuse.phone-not-bound" : null;
    }
    Instant boundAt =
        own.stream()
            .map(one -> one.entry().validFrom())
            .min(Instant::compareTo)
            .orElse(valid.entry().validFrom());
    boolean isNew = boundAt.plus(settings.newPhone()).isAfter(asked.at());
    boolean first =
        trail.bindings().stream().noneMatch(one -> one.entry().validFrom().isBefore(boundAt));
    return isNew && !first ? "remote-open-abuse.new-phone" : null;
  }

  /** Whether another phone was unbound within a day before this one was bound. */
  private boolean takesAPlace(AccountTrail trail, String phone) {
    return trail.bindings().stream()
        .filter(one -> one.phone().equals(phone))
        .map(one -> one.entry().validFrom())
        .anyMatch(
            bound ->
                trail.bindings().stream()
                    .filter(one -> !one.phone().equals(phone))
                    .map(one -> one.entry().validTo())
                    .anyMatch(
                        end ->
                            end != null
                                && !end.isAfter(bound)
                                && end.plus(settings.newPhone()).isAfter(bound)));
  }

  /** A binding that became known later may explain a phone. */
  private AccountTrail rebound(AccountTrail trail, Instant now, List<Finding> findings) {
    List<Asked> left = new ArrayList<>();
    for (Asked one : trail.told()) {
      if (strange(trail, one) != null) {
        left.add(one);
        continue;
      }
      findings.add(
          Finding.retract(
              "phone/" + one.account() + '/' + one.phone(),
              one.fact(),
              one.community(),
              one.place(),
              now,
              "remote-open-abuse.was-bound"));
    }
    return new AccountTrail(trail.bindings(), trail.asked(), List.copyOf(left));
  }

  private static Finding.Builder told(Asked asked, Instant now, String episode) {
    return Finding.evidence(episode, asked.fact(), asked.community(), asked.place(), now)
        .subject("account", asked.account(), "user")
        .subject("door", asked.place(), "door")
        .to(Audience.RESIDENT)
        .to(Audience.PROPERTY);
  }

  private Step<State> kept(AccountTrail trail, Instant now, List<Finding> findings) {
    List<Asked> asked = since(trail.asked(), now.minus(ONE_DAY));
    List<Asked> told = since(trail.told(), now.minus(Duration.ofDays(7)));
    if (asked.isEmpty() && told.isEmpty() && trail.bindings().isEmpty()) {
      return Step.<State>forget().findings(findings);
    }
    Instant wakeAt =
        !asked.isEmpty()
            ? asked.get(0).at().plus(ONE_DAY)
            : told.isEmpty() ? null : told.get(0).at().plus(Duration.ofDays(7));
    AccountTrail kept = new AccountTrail(trail.bindings(), asked, told);
    return Step.keep(new State(kept, null)).findings(findings).wakeAt(wakeAt);
  }

  // A community

  private Step<State> ofCommunity(CommunityTrail trail, Fact fact, Instant now) {
    List<Finding> findings = new ArrayList<>();
    CommunityTrail next = trail;
    if (fact instanceof RemoteOpenRequest request) {
      Asked asked = Asked.of(request);
      if (asked.authorised()) {
        List<Asked> all = new ArrayList<>(trail.asked());
        all.add(asked);
        next = new CommunityTrail(trail.lockdowns(), newest(all, UNDER_WAY), trail.opened());
      }
    } else if (fact instanceof Lockdown lockdown) {
      next =
          rejudged(
              new CommunityTrail(
                  Validity.with(trail.lockdowns(), lockdown, LOCKDOWNS),
                  trail.asked(),
                  trail.opened()),
              fact,
              findings);
    } else if (fact instanceof DeviceEvent event) {
      List<Opened> all = new ArrayList<>(trail.opened());
      all.add(opened(event, trail));
      next =
          rejudged(
              new CommunityTrail(trail.lockdowns(), trail.asked(), newest(all, OPENED)),
              fact,
              findings);
    }
    return kept(next, now, findings);
  }

  private static Opened opened(DeviceEvent event, CommunityTrail trail) {
    String command = event instanceof AccessEvent access ? access.command() : null;
    String account =
        trail.asked().stream()
            .filter(asked -> asked.command().equals(command))
            .map(Asked::account)
            .findFirst()
            .orElse("");
    return new Opened(
        Evidence.of(event, "remote-open-abuse.opened"), event.place().id(), account, false);
  }

  /** Judges the openings that are remembered by the lockdowns as they are known now. */
  private CommunityTrail rejudged(CommunityTrail trail, Fact because, List<Finding> findings) {
    List<Opened> next = new ArrayList<>();
    for (Opened opened : trail.opened()) {
      boolean against = against(trail.lockdowns(), opened);
      next.add(opened.told(against));
      String episode = "lockdown/" + opened.place();
      String trigger = opened.seen().eventId();
      if (against && !opened.told()) {
        Finding.Builder finding =
            Finding.evidence(episode, trigger, because.community(), opened.place(), because.time())
                .since(opened.seen().time())
                .subject("door", opened.place(), "door")
                .severity(Severity.P2)
                .to(Audience.PROPERTY)
                .explanation("remote-open-abuse.in-lockdown")
                .value("seconds", settings.inFlight().toSeconds())
                .stoppedBy("remote-open-abuse.lifted")
                .evidence(opened.seen())
                .score(settings.lockdownMeant());
        findings.add(
            opened.account().isEmpty()
                ? finding.build()
                : finding.subject("account", opened.account(), "user").build());
      } else if (!against && opened.told()) {
        findings.add(
            Finding.retract(
                episode,
                trigger,
                because.community(),
                opened.place(),
                because.time(),
                "remote-open-abuse.was-lifted"));
      }
    }
    return new CommunityTrail(trail.lockdowns(), trail.asked(), List.copyOf(next));
  }

  private boolean against(List<Lockdown> lockdowns, Opened opened) {
    Instant at = opened.seen().time();
    Duration unsure =
        opened.seen().clock() == ClockQuality.GOOD ? Duration.ZERO : settings.unsureClock();
    Duration late = settings.inFlight().plus(unsure);
    return lockdowns.stream()
        .filter(one -> one.place().isEmpty() || one.place().equals(opened.place()))
        .map(Lockdown::lockdown)
        .distinct()
        .anyMatch(
            id ->
                holds(of(lockdowns, id), at.minus(late))
                    && holds(of(lockdowns, id), at.plus(unsure)));
  }

  private static List<Lockdown> of(List<Lockdown> lockdowns, String id) {
    return lockdowns.stream().filter(one -> one.lockdown().equals(id)).toList();
  }

  private static boolean holds(List<Lockdown> versions, Instant at) {
    return Validity.at(versions, at) != null;
  }

  private Step<State> kept(CommunityTrail trail, Instant now, List<Finding> findings) {
    List<Lockdown> lockdowns =
        trail.lockdowns().stream()
            .filter(one -> !over(of(trail.lockdowns(), one.lockdown()), now.minus(ONE_DAY)))
            .toList();
    List<Asked> asked = since(trail.asked(), now.minus(COMMANDS_REMEMBERED));
    List<Opened> opened =
        trail.opened().stream()
            .filter(one -> one.seen().time().isAfter(now.minus(ONE_DAY)))
            .toList();
    if (lockdowns.isEmpty() && asked.isEmpty() && opened.isEmpty()) {
      return Step.<State>forget().findings(findings);
    }
    Instant wakeAt =
        opened.isEmpty()
            ? asked.isEmpty() ? null : asked.get(0).at().plus(COMMANDS_REMEMBERED)
            : opened.get(0).seen().time().plus(ONE_DAY);
    CommunityTrail kept = new CommunityTrail(lockdowns, asked, opened);
    return Step.keep(new State(null, kept)).findings(findings).wakeAt(wakeAt);
  }

  /**
   * Whether a lockdown, by its newest version, was over so long ago that nothing that is remembered
   * can have happened while it held. An older version alone would bring it back.
   */
  private static boolean over(List<Lockdown> versions, Instant time) {
    Entry newest = versions.get(versions.size() - 1).entry();
    Instant end = newest.validTo();
    return end != null && end.isBefore(time) && newest.recordedAt().isBefore(time);
  }

  /** The requests within this time before one, itself included. */
  private static List<Asked> until(Asked last, List<Asked> all, Duration within) {
    return since(all, last.at().minus(within)).stream()
        .filter(asked -> !asked.at().isAfter(last.at()))
        .toList();
  }

  private static List<Asked> since(List<Asked> all, Instant from) {
    return all.stream().filter(asked -> asked.at().isAfter(from)).toList();
  }

  private static <T> List<T> newest(List<T> all, int limit) {
    return List.copyOf(all.subList(Math.max(0, all.size() - limit), all.size()));
  }
}
