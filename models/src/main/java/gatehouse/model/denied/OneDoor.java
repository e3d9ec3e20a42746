package gatehouse.model.denied;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.NightHours;
import gatehouse.stats.NegativeBinomial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Denials at one door: bursts, many credentials, a grant at last, slow probing, a failing reader.
 */
public final class OneDoor {

  private static final Duration DAY = Duration.ofDays(1);
  private static final int HOURS = 24;
  private static final int DENIALS_A_DAY = 64;
  private static final int GRANTS = 64;
  private static final int FACES = 8;
  private static final int TOLD = 8;

  private final DeniedSettings settings;
  private final NightHours night;
  private final String community;
  private final String door;

  /**
   * What is kept of a door.
   *
   * @param devices whether its devices could see everything
   * @param denials the newest denials
   * @param day the last 24 hours, and what is usual
   * @param grants who was let in last, one a credential, oldest first
   * @param grantedAt when anybody was let in last
   * @param decidedAt when the door last decided about anybody
   * @param faces unmatched faces at the door, oldest first
   * @param told findings that a failing reader would explain, oldest first
   * @param slowAt when slow probing was last told
   * @param heardAt time of the newest event
   */
  public record State(
      DeviceWatch devices,
      Attempts denials,
      DayOfDenials day,
      List<Grant> grants,
      @Nullable Instant grantedAt,
      @Nullable Instant decidedAt,
      List<Face> faces,
      List<Told> told,
      @Nullable Instant slowAt,
      Instant heardAt) {

    private static State startingAt(Instant time) {
      return new State(
          DeviceWatch.NONE,
          Attempts.NONE,
          DayOfDenials.startingAt(time, HOURS),
          List.of(),
          null,
          null,
          List.of(),
          List.of(),
          null,
          time);
    }

    private State heard(DeviceEvent event) {
      return new State(
          devices.after(event),
          denials,
          day,
          grants,
          grantedAt,
          decidedAt,
          faces,
          told,
          slowAt,
          event.time());
    }

    private State denied(Attempts nextDenials, DayOfDenials nextDay) {
      return new State(
          devices,
          nextDenials,
          nextDay,
          grants,
          grantedAt,
          decidedAt,
          faces,
          told,
          slowAt,
          heardAt);
    }

    private State granted(List<Grant> nextGrants, Instant at) {
      return new State(
          devices, denials, day, nextGrants, at, decidedAt, faces, told, slowAt, heardAt);
    }

    private State decided(List<Face> nextFaces, @Nullable Instant at) {
      return new State(
          devices, denials, day, grants, grantedAt, at, nextFaces, told, slowAt, heardAt);
    }

    private State told(List<Told> nextTold, @Nullable Instant nextSlowAt) {
      return new State(
          devices,
          denials,
          day,
          grants,
          grantedAt,
          decidedAt,
          faces,
          nextTold,
          nextSlowAt,
          heardAt);
    }
  }

  /**
   * A credential that works here.
   *
   * @param credential the credential or plate
   * @param at when it was let in last
   */
  public record Grant(String credential, Instant at) {}

  /**
   * An unmatched face at the door.
   *
   * @param localSubject the device's own id of it
   * @param attempt its first capture
   * @param lastAt its last capture
   * @param open whether it may still turn out to be an attempt
   */
  public record Face(String localSubject, Attempt attempt, Instant lastAt, boolean open) {

    private Face seenAt(Instant at) {
      return new Face(localSubject, attempt, at, open);
    }

    private Face settled() {
      return new Face(localSubject, attempt, lastAt, false);
    }
  }

  /**
   * A finding made.
   *
   * @param episode its episode
   * @param trigger its trigger
   * @param at when
   */
  public record Told(String episode, String trigger, Instant at) {}

  /** The rules at this door. */
  public OneDoor(DeniedSettings settings, String community, String door) {
    this.settings = settings;
    this.night = new NightHours(settings.nightFrom(), settings.nightTo());
    this.community = community;
    this.door = door;
  }

  /** Takes the next event at the door; {@code denial} if it is one. */
  public Step<State> onEvent(
      DeviceEvent event, @Nullable Attempt denial, Duration gap, @Nullable State before) {
    State state = (before == null ? State.startingAt(event.time()) : before).heard(event);
    List<Finding> findings = new ArrayList<>();
    if (event instanceof FaceCapture face) {
      state = faced(face, state);
    } else if (denial != null) {
      state = denied(denial, gap, decided(event, state), findings);
    } else if (event instanceof AccessEvent access) {
      state = granted(event, access.credential(), access.credentialType(), state, findings);
    } else if (event instanceof PlateRead read) {
      state = granted(event, read.plate(), CredentialType.PLATE, state, findings);
    }
    return step(state, findings);
  }

  /** Faces about which the door decided nothing are attempts; a door long quiet is forgotten. */
  public Step<State> onWake(Instant now, State before) {
    if (!now.isBefore(before.heardAt().plus(settings.doorMemory()))) {
      return Step.forget();
    }
    List<Finding> findings = new ArrayList<>();
    State state = before;
    for (Face face : before.faces()) {
      if (face.open() && !now.isBefore(settlesAt(face))) {
        List<Face> faces =
            state.faces().stream().map(f -> f.equals(face) ? f.settled() : f).toList();
        state = state.decided(faces, state.decidedAt());
        state = counted(face.attempt(), now, state, findings);
      }
    }
    return step(state, findings);
  }

  private Step<State> step(State state, List<Finding> findings) {
    Instant wakeAt =
        state.faces().stream()
            .filter(Face::open)
            .map(this::settlesAt)
            .min(Instant::compareTo)
            .orElse(state.heardAt().plus(settings.doorMemory()));
    return Step.keep(state).findings(findings).wakeAt(wakeAt);
  }

  private Instant settlesAt(Face face) {
    return face.attempt().time().plus(settings.faceSettles());
  }

  private State faced(FaceCapture capture, State state) {
    String subject = String.valueOf(capture.localSubject());
    Instant at = capture.time();
    Instant recent = at.minus(settings.recapture());
    List<Face> faces = new ArrayList<>();
    boolean known = false;
    for (Face face : state.faces()) {
      boolean same = face.localSubject().equals(subject) && !face.lastAt().isBefore(recent);
      known |= same;
      faces.add(same ? face.seenAt(at) : face);
    }
    if (!known) {
      boolean decided =
          state.decidedAt() != null
              && !state.decidedAt().isBefore(at.minus(settings.faceSettles()));
      faces.add(new Face(subject, Attempt.of(capture, night), at, !decided));
      if (faces.size() > FACES) {
        faces.remove(0);
      }
    }
    return state.decided(List.copyOf(faces), state.decidedAt());
  }

  /** The door decided about somebody: faces just before are that somebody's. */
  private State decided(DeviceEvent event, State state) {
    Instant from = event.time().minus(settings.faceSettles());
    List<Face> faces =
        state.faces().stream()
            .map(face -> face.attempt().time().isBefore(from) ? face : face.settled())
            .toList();
    return state.decided(faces, event.time());
  }

  private State denied(Attempt attempt, Duration gap, State state, List<Finding> findings) {
    return state.denials().knows(attempt, gap)
        ? state.denied(state.denials().seenAgain(attempt), state.day())
        : counted(attempt, attempt.time(), state, findings);
  }

  private State counted(Attempt attempt, Instant now, State before, List<Finding> findings) {
    Attempts denials = before.denials().plus(attempt, Attempts.AT_A_DOOR);
    DayOfDenials day = before.day().plus(attempt, DENIALS_A_DAY, settings.halfLife());
    State state = before.denied(denials, day);
    List<Attempt> byFault = refusedByFault(state, attempt);
    if (!byFault.isEmpty()) {
      return readerFails(byFault, attempt, now, state, findings);
    }
    Optional<Suspicion> burst =
        oneCredential(state, attempt)
            .or(() -> manyAtOnce(state, attempt))
            .or(() -> manyCredentials(state, attempt));
    State next = state;
    if (burst.isPresent()) {
      next = tell(burst.get(), now, next, findings);
    }
    Optional<Suspicion> slow = burst.isPresent() ? Optional.empty() : slowly(next, attempt);
    if (slow.isPresent()) {
      next = tell(slow.get(), now, next, findings);
      next = next.told(next.told(), now);
    }
    return next;
  }

  private State tell(Suspicion suspicion, Instant now, State state, List<Finding> findings) {
    Finding finding = suspicion.finding(community, now, settings);
    findings.add(finding);
    List<Told> told = new ArrayList<>(state.told());
    told.add(new Told(finding.episode(), finding.trigger(), now));
    if (told.size() > TOLD) {
      told.remove(0);
    }
    return state
        .denied(state.denials(), state.day().alarmed(suspicion.attempts()))
        .told(List.copyOf(told), state.slowAt());
  }

  private Optional<Suspicion> oneCredential(State state, Attempt newest) {
    List<Attempt> own =
        state.denials().within(settings.window(), newest.time()).stream()
            .filter(attempt -> attempt.subject().equals(newest.subject()))
            .toList();
    return newest.subject().isEmpty() || own.size() < settings.count()
        ? Optional.empty()
        : unusual(
            "door/" + door + '/' + newest.subject(),
            "denied-burst.one-credential",
            own,
            settings.window(),
            state);
  }

  private Optional<Suspicion> manyAtOnce(State state, Attempt newest) {
    List<Attempt> all =
        state.denials().within(settings.window(), newest.time()).stream()
            .filter(attempt -> !letInSoonAfter(attempt, state))
            .toList();
    return all.size() < settings.count()
        ? Optional.empty()
        : unusual("door/" + door, "denied-burst.at-one-door", all, settings.window(), state);
  }

  /** Somebody who only needed a second try is no part of a burst. */
  private boolean letInSoonAfter(Attempt attempt, State state) {
    Instant until = attempt.lastAt().plus(settings.grantAfter());
    return state.grants().stream()
        .filter(grant -> grant.credential().equals(attempt.subject()))
        .anyMatch(grant -> grant.at().isAfter(attempt.time()) && !grant.at().isAfter(until));
  }

  private Optional<Suspicion> manyCredentials(State state, Attempt newest) {
    Duration window = settings.credentialsWindow();
    Instant from = newest.time().minus(window);
    List<Attempt> all = state.denials().within(window, newest.time());
    boolean nobodyLetIn = state.grantedAt() == null || state.grantedAt().isBefore(from);
    return Suspicion.credentials(all) < settings.credentials()
            || !nobodyLetIn
            || !state.devices().allSawSince(from)
        ? Optional.empty()
        : unusual("door/" + door, "denied-burst.many-credentials", all, window, state);
  }

  private Optional<Suspicion> slowly(State state, Attempt newest) {
    List<Attempt> attempts = state.denials().within(DAY, newest.time());
    boolean oneSubject =
        attempts.stream().map(Attempt::subject).distinct().count() == 1
            && !newest.subject().isEmpty();
    Instant told = state.slowAt();
    boolean toldToday = told != null && told.plus(DAY).isAfter(newest.time());
    int count = state.day().count();
    double perDay = state.day().usual().perDay(settings.doorPrior(), settings.floor());
    double surprise = surprise(count, perDay);
    return oneSubject
            || toldToday
            || count < settings.slowCount()
            || surprise < settings.slowSurprise()
        ? Optional.empty()
        : Optional.of(
            new Suspicion(
                "slow-door/" + door,
                "denied-burst.slow-probing",
                attempts,
                null,
                DAY,
                perDay,
                surprise,
                Coverage.NOT_NEEDED));
  }

  private State granted(
      DeviceEvent event,
      String credential,
      CredentialType type,
      State before,
      List<Finding> findings) {
    State state = decided(event, before);
    Optional<Suspicion> atLast =
        refusedByFault(state, null).isEmpty()
            ? grantedAtLast(event, credential, type, state)
            : Optional.empty();
    if (atLast.isPresent()) {
      state = tell(atLast.get(), event.time(), state, findings);
    }
    List<Grant> grants = new ArrayList<>(state.grants());
    grants.removeIf(grant -> grant.credential().equals(credential));
    if (!credential.isEmpty()) {
      grants.add(new Grant(credential, event.time()));
    }
    if (grants.size() > GRANTS) {
      grants.remove(0);
    }
    return state.granted(List.copyOf(grants), event.time());
  }

  /**
   * Refused again and again, then let in: the same credential, an unrecognised one of the same
   * type, or the last of a stack of cards of which none was let in before.
   */
  private Optional<Suspicion> grantedAtLast(
      DeviceEvent event, String credential, CredentialType type, State state) {
    List<Attempt> all = state.denials().within(settings.window(), event.time());
    List<Attempt> own =
        all.stream()
            .filter(
                attempt ->
                    attempt.subject().isEmpty()
                        ? attempt.type() == type
                        : attempt.subject().equals(credential))
            .toList();
    boolean bySame = own.size() >= settings.grantAfterCount();
    Instant grantBefore = state.grantedAt();
    List<Attempt> stack =
        all.stream()
            .filter(attempt -> grantBefore == null || attempt.time().isAfter(grantBefore))
            .toList();
    List<Attempt> attempts = bySame ? own : stack;
    boolean suspicious =
        bySame
            || (stack.size() >= settings.grantAfterCount()
                && Suspicion.credentials(stack) >= settings.credentials());
    if (!suspicious) {
      return Optional.empty();
    }
    Attempt last = attempts.get(attempts.size() - 1);
    if (last.lastAt().plus(settings.grantAfter()).isBefore(event.time())) {
      return Optional.empty();
    }
    boolean oneSubject = bySame && Suspicion.credentials(own) == 1;
    return unusual(
            oneSubject ? "door/" + door + '/' + credential : "door/" + door,
            "denied-burst.then-granted",
            attempts,
            settings.window(),
            state)
        .map(
            found ->
                new Suspicion(
                    found.episode(),
                    found.code(),
                    found.attempts(),
                    event,
                    found.window(),
                    found.perDay(),
                    found.surprise(),
                    found.coverage()));
  }

  /** A suspicion, if so many denials are unusual for this door at this hour. */
  private Optional<Suspicion> unusual(
      String episode, String code, List<Attempt> attempts, Duration window, State state) {
    Attempt newest = attempts.get(attempts.size() - 1);
    double perDay =
        state.day().usual().perDay(newest.hour(), settings.doorPrior(), settings.floor());
    double surprise = surprise(attempts.size(), perDay * window.toMillis() / DAY.toMillis());
    if (surprise < settings.burstSurprise()) {
      return Optional.empty();
    }
    Coverage coverage =
        code.equals("denied-burst.many-credentials")
            ? state.devices().coverage(newest.time(), settings.wellFor())
            : Coverage.NOT_NEEDED;
    return Optional.of(
        new Suspicion(episode, code, attempts, null, window, perDay, surprise, coverage));
  }

  private double surprise(int count, double mean) {
    return new NegativeBinomial(mean, settings.dispersion()).surprise(count);
  }

  /**
   * The denials of late, if most credentials are refused and several of them used to work here; a
   * stack of foreign cards is no failing reader.
   */
  private List<Attempt> refusedByFault(State state, @Nullable Attempt newest) {
    Instant now = newest == null ? state.heardAt() : newest.time();
    Instant from = now.minus(settings.faultWindow());
    List<Attempt> denials = state.denials().within(settings.faultWindow(), now);
    Map<String, Instant> refused = new LinkedHashMap<>();
    for (Attempt attempt : denials) {
      if (!attempt.subject().isEmpty()) {
        refused.put(attempt.subject(), attempt.lastAt());
      }
    }
    int different = refused.size();
    int known = 0;
    for (Grant grant : state.grants()) {
      Instant refusedAt = refused.get(grant.credential());
      if (refusedAt == null) {
        different += grant.at().isBefore(from) ? 0 : 1;
      } else if (grant.at().isAfter(refusedAt)) {
        refused.remove(grant.credential());
      } else {
        known++;
      }
    }
    boolean fails =
        different >= settings.faultCredentials()
            && refused.size() >= settings.faultShare() * different
            && known >= settings.faultKnown();
    return fails ? denials : List.of();
  }

  /** One report for operations, and back with what the failing reader explains. */
  private State readerFails(
      List<Attempt> denials, Attempt newest, Instant now, State state, List<Finding> findings) {
    Instant from = now.minus(settings.faultWindow());
    for (Told told : state.told()) {
      if (!told.at().isBefore(from)) {
        findings.add(
            Finding.retract(
                told.episode(), told.trigger(), community, door, now, "denied-burst.reader-fault"));
      }
    }
    Finding.Builder fault =
        Finding.evidence("reader/" + door, newest.id(), community, door, now)
            .since(denials.get(0).time())
            .subject("device", newest.event().device(), "reader")
            .subject("door", door, "door")
            .severity(Severity.P4)
            .to(Audience.OPERATIONS)
            .to(Audience.PROPERTY)
            .explanation("denied-burst.reader-fails")
            .value("credentials", Suspicion.credentials(denials))
            .value("minutes", settings.faultWindow().toMinutes())
            .stoppedBy("denied-burst.reader-repaired");
    List<Evidence> evidence = denials.stream().map(Attempt::event).toList();
    findings.add(fault.evidence(evidence).build());
    return state
        .denied(state.denials(), state.day().alarmed(denials))
        .told(List.of(), state.slowAt());
  }
}
