package gatehouse.model.loiter;

import gatehouse.alert.Audience;
import gatehouse.alert.Episodes;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.DoorPermits;
import gatehouse.model.door.NightHours;
import gatehouse.model.loiter.LoiteringState.Stay;
import gatehouse.registry.Permit;
import gatehouse.site.Zone;
import gatehouse.stats.DurationSketch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One step of loitering in one area: who comes, stays, returns and leaves. */
public final class ClosedArea {

  private static final Duration USUAL_STAY = Duration.ofMinutes(1);

  private final String community;
  private final LoiteringSettings settings;
  private final List<Finding> findings = new ArrayList<>();
  private final Zone zone;
  private final ZoneId timeZone;
  private Instant heard;
  private List<Stay> stays;
  private List<Stay> past;
  private DurationSketch byDay;
  private DurationSketch byNight;
  private List<Instant> admitted;
  private DoorPermits permits;
  private List<Stay> alarms;
  private DeviceWatch watch;
  private List<String> unseeing;
  private List<String> updating;
  private @Nullable Duration limitByDay;
  private @Nullable Duration limitByNight;

  /** Goes on from a state; the area as it is now. */
  public ClosedArea(String community, Zone zone, LoiteringState state, LoiteringSettings settings) {
    this.community = community;
    this.settings = settings;
    this.zone = zone;
    this.timeZone = state.timeZone().isEmpty() ? ZoneOffset.UTC : ZoneId.of(state.timeZone());
    this.heard = state.heard();
    this.stays = state.stays();
    this.past = state.past();
    this.byDay = state.byDay();
    this.byNight = state.byNight();
    this.admitted = state.admitted();
    this.permits = state.permits();
    this.alarms = state.alarms();
    this.watch = state.watch();
    this.unseeing = state.unseeing();
    this.updating = state.updating();
  }

  /** The state before anything is known of an area. */
  public static LoiteringState unknown(Zone zone, String timeZone, Instant now) {
    return new LoiteringState(
        zone,
        timeZone,
        now,
        List.of(),
        List.of(),
        DurationSketch.empty(USUAL_STAY),
        DurationSketch.empty(USUAL_STAY),
        List.of(),
        DoorPermits.NONE,
        List.of(),
        DeviceWatch.NONE,
        List.of(),
        List.of());
  }

  /** What is to be kept. */
  public LoiteringState state() {
    return new LoiteringState(
        zone,
        timeZone.getId(),
        heard,
        stays,
        past,
        byDay,
        byNight,
        admitted,
        permits,
        alarms,
        watch,
        unseeing,
        updating);
  }

  /** What was found. */
  public List<Finding> findings() {
    return findings;
  }

  /** Whether nothing was heard of it for so long that it may be forgotten. */
  public boolean abandoned(Instant now) {
    return stays.isEmpty() && !now.isBefore(heard.plus(settings.forgetAfter()));
  }

  /** When to go on at the latest. */
  public Instant nextWake(Instant now) {
    Stream<Instant> ends = stays.stream().map(this::believedUntil);
    Stream<Instant> limits =
        stays.stream()
            .filter(stay -> !stay.told() && !excused(stay))
            .map(stay -> stay.from().plus(limit(stay)));
    return Stream.concat(ends, limits)
        .filter(time -> time.isAfter(now))
        .min(Comparator.naturalOrder())
        .orElse(heard.plus(settings.forgetAfter()));
  }

  /** Lets time pass: limits are reached, tracks are lost. */
  public void at(Instant now) {
    for (Stay stay : List.copyOf(stays)) {
      Instant until = believedUntil(stay);
      Stay after = until.isAfter(now) ? null : continuation(stay);
      if (after != null) {
        goesOn(stay, after, now);
      } else if (!until.isAfter(now)) {
        Instant end = stay.bounded() && !updates(stay) ? until : stay.seen();
        leave(stay.until(end), end, now);
      } else if (isThere(stay, now)) {
        judge(stay, now, now);
      }
    }
    Instant recent = now.minus(settings.returnsWithin());
    past = past.stream().filter(stay -> stay.seen().isAfter(recent)).toList();
    Instant fresh = now.minus(settings.admittedAfter());
    admitted = admitted.stream().filter(time -> !time.isBefore(fresh)).toList();
  }

  private Instant believedUntil(Stay stay) {
    return stay.seen()
        .plus(
            !stay.bounded()
                ? settings.gap()
                : updates(stay) ? settings.lost() : settings.longestUnseen());
  }

  /** Whether it was reported so lately that it is certainly still there. */
  private boolean isThere(Stay stay, Instant now) {
    return !updates(stay) || !now.isAfter(stay.seen().plus(settings.gap()));
  }

  /**
   * Who vanished without leaving goes on under another track, if just one began there since; null:
   * nobody does.
   */
  private @Nullable Stay continuation(Stay lost) {
    List<Stay> begun =
        stays.stream()
            .filter(stay -> stay.device().equals(lost.device()) && !stay.equals(lost))
            .filter(stay -> stay.from().isAfter(lost.seen()))
            .toList();
    return lost.bounded() && updates(lost) && begun.size() == 1 ? begun.get(0) : null;
  }

  private void goesOn(Stay lost, Stay after, Instant now) {
    stays = without(stays, lost);
    if (lost.told()) {
      findings.add(close(lost, now, "loitering.left"));
    }
    Stay whole = lost.goingOn(after);
    replace(after, whole);
    if (isThere(whole, now)) {
      judge(whole, now, now);
    }
  }

  private boolean updates(Stay stay) {
    return updating.contains(stay.device());
  }

  /** Somebody with a right to be here was let in. */
  public void admit(Instant now) {
    heard = now;
    Instant earliest = now.minus(settings.admittedBefore());
    for (Stay stay : stays) {
      if (!stay.excused() && !stay.told() && !stay.from().isBefore(earliest)) {
        replace(stay, excusedNow(stay));
        return;
      }
    }
    admitted = newest(admitted, now, LoiteringState.ADMITTED);
  }

  /**
   * A camera saw somebody unknown.
   *
   * @param from when the stay began
   * @param bounded whether the camera says when tracks begin and end
   * @param left when the subject left; null: it is still there
   */
  public void see(
      DeviceEvent event, String subject, Instant from, boolean bounded, @Nullable Instant left) {
    Instant now = event.time();
    heard = now;
    watch = watch.after(event);
    unless(stay -> watch.sawSince(stay.device(), stay.from()), now);
    if (unseeing.contains(event.device())) {
      return;
    }
    Evidence evidence = Evidence.of(event, "loitering.seen");
    Stay known = find(stays, event.device(), subject);
    Stay stay;
    if (known == null) {
      stay = begun(event, subject, from, bounded, evidence);
    } else {
      if (bounded && left == null) {
        updating = updating(event.device());
      }
      Instant earliest = from.isBefore(known.from()) ? from : known.from();
      stay = known.seenAgain(earliest, now, known.bounded() || bounded, evidence);
      replace(known, stay);
    }
    if (left != null) {
      leave(stay.until(left), left, now);
    } else {
      judge(stay, now, now);
    }
  }

  private Stay begun(
      DeviceEvent event, String subject, Instant from, boolean bounded, Evidence evidence) {
    Stay before = find(past, event.device(), subject);
    Stay continued =
        before != null && from.isBefore(before.seen().plus(settings.separation()))
            ? before
            : fragment(event.device(), from);
    Stay stay;
    if (continued == null) {
      stay =
          new Stay(
              subject,
              event.device(),
              from,
              event.time(),
              bounded,
              false,
              false,
              evidence,
              evidence);
      stay = lastAdmitted(stay);
    } else {
      past = without(past, continued);
      admitted = without(admitted, continued.seen());
      stay =
          continued.asTrack(subject).seenAgain(continued.from(), event.time(), bounded, evidence);
    }
    stays = newest(stays, stay, LoiteringState.STAYS);
    return stay;
  }

  /** A camera may lose a track and begin another of the same person. */
  private @Nullable Stay fragment(String device, Instant from) {
    boolean alone = stays.stream().noneMatch(stay -> stay.device().equals(device));
    if (zone.use() == Zone.Use.GARAGE || !alone) {
      return null;
    }
    List<Stay> justEnded =
        past.stream()
            .filter(stay -> stay.device().equals(device))
            .filter(stay -> !from.isBefore(stay.seen()))
            .filter(stay -> !from.isAfter(stay.seen().plus(settings.fragmentGap())))
            .toList();
    return justEnded.size() == 1 ? justEnded.get(0) : null;
  }

  /** Each grant is for one person; who is let in may be lost and found again. */
  private Stay lastAdmitted(Stay stay) {
    for (Instant grant : admitted) {
      if (!grant.isAfter(stay.from().plus(settings.admittedBefore()))
          && !stay.from().isAfter(grant.plus(settings.admittedAfter()))) {
        admitted = without(admitted, grant);
        return excusedNow(stay);
      }
    }
    return stay;
  }

  private static Stay excusedNow(Stay stay) {
    return new Stay(
        stay.subject(),
        stay.device(),
        stay.from(),
        stay.seen(),
        stay.bounded(),
        true,
        stay.told(),
        stay.first(),
        stay.last());
  }

  private void judge(Stay stay, Instant until, Instant now) {
    if (stay.told() || excused(stay)) {
      return;
    }
    Duration dwell = Duration.between(stay.from(), until);
    int visits = visits(stay);
    boolean tooLong = dwell.compareTo(limit(stay)) >= 0;
    if (tooLong || visits >= settings.returns()) {
      tell(stay, now, dwell, tooLong ? 0 : visits);
    }
  }

  private boolean excused(Stay stay) {
    return stay.excused() || permits.cover(stay.from());
  }

  /** How often the subject was here within the time for returns, this stay included. */
  private int visits(Stay stay) {
    return 1 + before(stay).size();
  }

  /**
   * The subject's other stays within the time for returns. A camera gives who comes back a new id
   * now and then; so at night, when nobody has a reason to be there, its stays one after the other
   * are taken for those of one person. In garages people come home at night.
   */
  private List<Stay> before(Stay stay) {
    Instant since = stay.from().minus(settings.returnsWithin());
    boolean anybody = night(stay) && zone.use() != Zone.Use.GARAGE;
    List<Stay> before = new ArrayList<>();
    Instant next = stay.from();
    for (int i = past.size() - 1; i >= 0; i--) {
      Stay old = past.get(i);
      boolean apart = !old.seen().plus(settings.separation()).isAfter(next);
      if (!old.from().isBefore(since)
          && (old.sameAs(stay.device(), stay.subject())
              || (anybody && apart && old.device().equals(stay.device()) && !excused(old)))) {
        before.add(0, old);
        next = old.from();
      }
    }
    return before;
  }

  private Duration limit(Stay stay) {
    Duration own = zone.allowedStay();
    if (own != null) {
      return own;
    }
    boolean night = night(stay);
    Duration known = night ? limitByNight : limitByDay;
    if (known != null) {
      return known;
    }
    Duration learned = learned(night ? byNight : byDay);
    if (night) {
      limitByNight = learned;
    } else {
      limitByDay = learned;
    }
    return learned;
  }

  private Duration learned(DurationSketch usual) {
    Duration least = zone.use() == Zone.Use.GARAGE ? settings.garageDwell() : settings.dwell();
    if (usual.size() < settings.leastStays()) {
      return least;
    }
    Duration quantile = usual.quantile(settings.quantile());
    Duration most = longer(least, settings.longestLimit());
    return quantile.compareTo(most) > 0 ? most : longer(least, quantile);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private boolean night(Stay stay) {
    return new NightHours(settings.nightFrom(), settings.nightTo()).contain(stay.from(), timeZone);
  }

  private void tell(Stay stay, Instant now, Duration dwell, int visits) {
    List<Evidence> evidence = new ArrayList<>();
    if (visits > 0) {
      before(stay).stream().map(Stay::first).forEach(evidence::add);
    }
    evidence.add(stay.first());
    if (!stay.last().eventId().equals(stay.first().eventId())) {
      evidence.add(stay.last());
    }
    List<Evidence> newest =
        evidence.subList(Math.max(0, evidence.size() - Episodes.EVIDENCE_LIMIT), evidence.size());
    DurationSketch usual = night(stay) ? byNight : byDay;
    double rare = usual.size() < settings.leastStays() ? 0.5 : 1 - usual.survival(dwell);
    findings.add(
        Finding.evidence(episode(stay), stay.first().eventId(), community, place(stay), now)
            .since(stay.from())
            .subject("track", stay.subject(), "loiterer")
            .subject("zone", zone.id(), "zone")
            .severity(night(stay) ? Severity.P2 : Severity.P3)
            .to(Audience.PROPERTY)
            .explanation(visits > 0 ? "loitering.returned" : "loitering.dwelt")
            .value("zone", zone.name().isEmpty() ? zone.id() : zone.name())
            .value("minutes", dwell.toMinutes())
            .value("limit", limit(stay).toMinutes())
            .value("visits", visits)
            .value("within", settings.returnsWithin().toMinutes())
            .stoppedBy("loitering.leave-or-be-let-in")
            .evidence(newest)
            .score(Math.max(0.5, rare))
            .coverage(watch.coverage(now, settings.wellFor()))
            .build());
    Stay told = stay.markedTold();
    replace(stay, told);
    alarms = newest(alarms, told, LoiteringState.ALARMS);
  }

  /** A stay ended: it is judged a last time, learned, and remembered for returns. */
  private void leave(Stay stay, Instant end, Instant now) {
    Stay known = find(stays, stay.device(), stay.subject());
    if (known != null) {
      replace(known, stay);
    }
    judge(stay, end, now);
    Stay judged = find(stays, stay.device(), stay.subject());
    Stay last = judged == null ? stay : judged;
    stays = without(stays, last);
    if (last.told()) {
      findings.add(close(last, now, "loitering.left"));
    }
    Duration dwell = Duration.between(last.from(), end);
    if (last.excused()) {
      admitted = newest(admitted, end, LoiteringState.ADMITTED);
    } else if (!dwell.isNegative() && !permits.cover(last.from())) {
      if (night(last)) {
        byNight = byNight.plus(dwell, end, settings.halfLife());
        limitByNight = null;
      } else {
        byDay = byDay.plus(dwell, end, settings.halfLife());
        limitByDay = null;
      }
    }
    past = newest(past, last, LoiteringState.PAST);
  }

  /** A camera reported on itself. */
  public void hear(DeviceStatus status) {
    if (watch.devices().stream().noneMatch(one -> one.device().equals(status.device()))) {
      return;
    }
    heard = status.time();
    watch = watch.after(status);
    unless(stay -> watch.sawSince(stay.device(), stay.from()), status.time());
  }

  /** A camera misses something, or does not any more. */
  public void hear(String device, boolean sees, Instant now) {
    heard = now;
    List<String> next = new ArrayList<>(unseeing);
    next.remove(device);
    if (!sees) {
      next.add(device);
      unless(stay -> !stay.device().equals(device), now);
    }
    int from = Math.max(0, next.size() - LoiteringState.CAMERAS);
    unseeing = List.copyOf(next.subList(from, next.size()));
  }

  /** Whether somebody is still there is not known where this does not hold. */
  private void unless(Predicate<Stay> known, Instant now) {
    for (Stay stay : stays) {
      if (!known.test(stay) && stay.told()) {
        findings.add(close(stay, now, "loitering.lost-sight"));
      }
    }
    stays = stays.stream().filter(known).toList();
  }

  /** A permit explains what it covers, also what was an alert before it was recorded. */
  public void permit(Permit permit, Instant now) {
    heard = now;
    permits = permits.with(permit);
    for (Stay alarm : alarms) {
      if (permits.cover(alarm.from())) {
        findings.add(
            Finding.retract(
                episode(alarm),
                alarm.first().eventId(),
                community,
                place(alarm),
                now,
                "loitering.permit"));
      }
    }
    alarms = alarms.stream().filter(alarm -> !permits.cover(alarm.from())).toList();
  }

  private Finding close(Stay stay, Instant now, String code) {
    return Finding.close(episode(stay), stay.first().eventId(), community, place(stay), now, code);
  }

  private String episode(Stay stay) {
    return zone.id() + '/' + stay.device() + '/' + stay.subject();
  }

  private static String place(Stay stay) {
    return stay.first().place();
  }

  private static @Nullable Stay find(List<Stay> among, String device, String subject) {
    Stay found = null;
    for (Stay stay : among) {
      found = stay.sameAs(device, subject) ? stay : found;
    }
    return found;
  }

  private void replace(Stay old, Stay now) {
    stays = stays.stream().map(stay -> stay.equals(old) ? now : stay).toList();
  }

  private List<String> updating(String device) {
    return updating.contains(device) ? updating : newest(updating, device, LoiteringState.CAMERAS);
  }

  private static <T> List<T> without(List<T> among, T gone) {
    List<T> rest = new ArrayList<>(among);
    rest.remove(gone);
    return List.copyOf(rest);
  }

  private static <T> List<T> newest(List<T> before, T added, int limit) {
    List<T> next = new ArrayList<>(before);
    next.add(added);
    return List.copyOf(next.subList(Math.max(0, next.size() - limit), next.size()));
  }
}
