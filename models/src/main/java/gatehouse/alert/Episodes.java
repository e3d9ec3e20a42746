package gatehouse.alert;

import gatehouse.event.ClockQuality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes episodes of the findings of one key: open, update, close, re-open, retract. Pure; every
 * host runs this.
 */
public final class Episodes {

  /** The newest pieces of evidence an alert carries. */
  public static final int EVIDENCE_LIMIT = 20;

  /** What is kept to be taken back; older contributions stay for good. */
  private static final int CONTRIBUTION_LIMIT = 32;

  /**
   * An update that changes neither severity nor score nor audience is published this often at most.
   */
  private static final Duration UPDATE_EVERY = Duration.ofMinutes(30);

  private static final double SCORE_STEP = 0.15;

  private final EpisodePolicy policy;

  /** Episodes under this policy. */
  public Episodes(EpisodePolicy policy) {
    this.policy = policy;
  }

  /**
   * What follows from a finding or from time passing.
   *
   * @param episode state to keep; null: none
   * @param alerts revisions to publish, in order
   * @param wakeAt when to call {@link Episodes#onWake} next; null: never
   */
  public record Change(@Nullable Episode episode, List<Alert> alerts, @Nullable Instant wakeAt) {}

  /** The key of the episode a finding belongs to. */
  public static String key(Finding finding) {
    return finding.model() + '|' + finding.community() + '|' + finding.episode();
  }

  /** Takes a finding of this key. */
  public Change onFinding(Finding finding, @Nullable Episode before) {
    List<Alert> published = new ArrayList<>();
    Episode episode = quietened(before, finding.at(), published);
    switch (finding.act()) {
      case EVIDENCE -> episode = withEvidence(finding, episode, published);
      case CLOSE -> episode = closed(finding, episode, published);
      case RETRACT -> episode = retracted(finding, episode, published);
    }
    return change(episode, published);
  }

  /** Lets time pass until {@code now}. */
  public Change onWake(Instant now, Episode before) {
    List<Alert> published = new ArrayList<>();
    Episode episode = quietened(before, now, published);
    if (episode != null && !episode.alert().state().equals(AlertState.OPEN)) {
      Instant forgetAt = forgetAt(episode.alert());
      if (!now.isBefore(forgetAt)) {
        episode = null;
      }
    }
    return change(episode, published);
  }

  private Change change(@Nullable Episode episode, List<Alert> published) {
    return new Change(episode, List.copyOf(published), episode == null ? null : wakeAt(episode));
  }

  private @Nullable Instant wakeAt(Episode episode) {
    Alert alert = episode.alert();
    if (alert.state() != AlertState.OPEN) {
      return forgetAt(alert);
    }
    return policy.quiet() == null ? null : alert.lastEventTime().plus(policy.quiet());
  }

  private Instant forgetAt(Alert alert) {
    Instant ended = alert.closedAt() == null ? alert.lastEventTime() : alert.closedAt();
    Duration keep =
        policy.memory().compareTo(policy.cooldown()) > 0 ? policy.memory() : policy.cooldown();
    return ended.plus(keep);
  }

  /** Closes an open episode whose quiet time has passed; findings may come before the timer. */
  private @Nullable Episode quietened(
      @Nullable Episode episode, Instant now, List<Alert> published) {
    if (episode == null || episode.alert().state() != AlertState.OPEN || policy.quiet() == null) {
      return episode;
    }
    Instant quietAt = episode.alert().lastEventTime().plus(policy.quiet());
    if (now.isBefore(quietAt)) {
      return episode;
    }
    return publish(
        episode,
        episode.alert().ended(AlertState.CLOSED, quietAt, new Explanation("quiet", Map.of())),
        published);
  }

  private Episode withEvidence(Finding finding, @Nullable Episode episode, List<Alert> published) {
    if (episode == null || startsAnew(episode.alert(), finding)) {
      List<Contribution> first = List.of(contribution(finding));
      Alert alert = assemble(finding, null, first);
      published.add(alert);
      return new Episode(alert, alert.revision(), finding.at(), first);
    }
    List<Contribution> contributions = new ArrayList<>(episode.contributions());
    contributions.removeIf(old -> old.trigger().equals(finding.trigger()));
    contributions.add(contribution(finding));
    if (contributions.size() > CONTRIBUTION_LIMIT) {
      contributions.set(1, contributions.get(0).settledWith(contributions.get(1), EVIDENCE_LIMIT));
      contributions.remove(0);
    }
    Alert alert = assemble(finding, episode.alert(), contributions);
    Episode next =
        new Episode(alert, episode.published(), episode.publishedAt(), List.copyOf(contributions));
    return worthTelling(episode, alert, finding.at()) ? publish(next, alert, published) : next;
  }

  /** The same first event means the same id, so such an alert goes on with its revisions. */
  private boolean startsAnew(Alert alert, Finding finding) {
    boolean over =
        switch (alert.state()) {
          case OPEN -> false;
          case RETRACTED -> true;
          case CLOSED ->
              alert.closedAt() != null
                  && finding.at().isAfter(alert.closedAt().plus(policy.cooldown()));
        };
    return over && !alert.id().equals(AlertId.of(finding));
  }

  private static boolean worthTelling(Episode before, Alert now, Instant at) {
    return before.alert().state() != AlertState.OPEN
        || now.severity() != before.alert().severity()
        || !now.audiences().equals(before.alert().audiences())
        || Math.abs(now.score() - before.alert().score()) >= SCORE_STEP
        || !at.isBefore(before.publishedAt().plus(UPDATE_EVERY));
  }

  private static @Nullable Episode closed(
      Finding finding, @Nullable Episode episode, List<Alert> published) {
    if (episode == null || episode.alert().state() != AlertState.OPEN) {
      return episode;
    }
    return publish(
        episode,
        episode.alert().ended(AlertState.CLOSED, finding.at(), finding.explanation()),
        published);
  }

  private static @Nullable Episode retracted(
      Finding finding, @Nullable Episode episode, List<Alert> published) {
    if (episode == null || episode.alert().state() == AlertState.RETRACTED) {
      return episode;
    }
    List<Contribution> rest = new ArrayList<>(episode.contributions());
    if (!rest.removeIf(old -> old.trigger().equals(finding.trigger()))) {
      return episode;
    }
    Alert before = episode.alert();
    if (rest.isEmpty()) {
      Alert gone = before.ended(AlertState.RETRACTED, finding.at(), finding.explanation());
      return publish(
          new Episode(before, episode.published(), episode.publishedAt(), rest), gone, published);
    }
    Alert reduced = reassemble(before, rest);
    return publish(
        new Episode(reduced, episode.published(), episode.publishedAt(), List.copyOf(rest)),
        reduced,
        published);
  }

  private static Episode publish(Episode episode, Alert alert, List<Alert> published) {
    published.add(alert);
    Instant at = alert.closedAt() == null ? alert.lastEventTime() : alert.closedAt();
    return new Episode(alert, alert.revision(), at, episode.contributions());
  }

  private static Contribution contribution(Finding finding) {
    return new Contribution(
        finding.trigger(),
        finding.at(),
        finding.severity(),
        finding.score(),
        finding.coverage(),
        finding.evidence(),
        finding.audiences());
  }

  private static Alert assemble(
      Finding finding, @Nullable Alert before, List<Contribution> contributions) {
    List<Evidence> evidence = newest(contributions);
    // Facts that are shown on arrival may be older than what was told already.
    Alert newer = before != null && finding.at().isBefore(before.lastEventTime()) ? before : null;
    return new Alert(
        before == null ? AlertId.of(finding) : before.id(),
        before == null ? 1 : before.revision() + 1,
        AlertState.OPEN,
        finding.model(),
        finding.modelVersion(),
        finding.community(),
        newer == null ? finding.place() : newer.place(),
        finding.episode(),
        newer == null ? finding.subjects() : newer.subjects(),
        worst(contributions),
        audiences(contributions),
        before == null ? finding.since() : earliest(before.firstEventTime(), finding.since()),
        before == null ? finding.at() : latest(before.lastEventTime(), finding.at()),
        before == null ? finding.at() : before.detectedAt(),
        null,
        newer == null ? finding.explanation() : newer.explanation(),
        null,
        newer == null ? finding.stoppedBy() : newer.stoppedBy(),
        evidence,
        before == null ? 1 : before.occurrences() + 1,
        contributions.stream().mapToDouble(Contribution::score).max().orElse(finding.score()),
        weakest(contributions),
        worstClock(evidence),
        newer == null ? finding.settings() : newer.settings(),
        Attention.NOTIFY);
  }

  private static Alert reassemble(Alert before, List<Contribution> contributions) {
    List<Evidence> evidence = newest(contributions);
    return new Alert(
        before.id(),
        before.revision() + 1,
        before.state(),
        before.model(),
        before.modelVersion(),
        before.community(),
        before.place(),
        before.episode(),
        before.subjects(),
        worst(contributions),
        audiences(contributions),
        before.firstEventTime(),
        before.lastEventTime(),
        before.detectedAt(),
        before.closedAt(),
        before.explanation(),
        before.closing(),
        before.stoppedBy(),
        evidence,
        before.occurrences() - 1,
        contributions.stream().mapToDouble(Contribution::score).max().orElse(before.score()),
        weakest(contributions),
        worstClock(evidence),
        before.settings(),
        before.attention());
  }

  private static List<Evidence> newest(List<Contribution> contributions) {
    Map<String, Evidence> distinct = new LinkedHashMap<>();
    for (Contribution contribution : contributions) {
      for (Evidence item : contribution.evidence()) {
        distinct.putIfAbsent(item.eventId() + '|' + item.role(), item);
      }
    }
    List<Evidence> all = new ArrayList<>(distinct.values());
    return List.copyOf(all.subList(Math.max(0, all.size() - EVIDENCE_LIMIT), all.size()));
  }

  private static Severity worst(List<Contribution> contributions) {
    return contributions.stream()
        .map(Contribution::severity)
        .reduce(Severity.P4, Severity::orWorse);
  }

  private static Set<Audience> audiences(List<Contribution> contributions) {
    Set<Audience> all = EnumSet.noneOf(Audience.class);
    contributions.forEach(contribution -> all.addAll(contribution.audiences()));
    return Collections.unmodifiableSet(all);
  }

  private static Coverage weakest(List<Contribution> contributions) {
    return contributions.stream()
        .map(Contribution::coverage)
        .max(Comparator.naturalOrder())
        .orElse(Coverage.NOT_NEEDED);
  }

  private static ClockQuality worstClock(List<Evidence> evidence) {
    return evidence.stream()
        .map(Evidence::clock)
        .max(Comparator.naturalOrder())
        .orElse(ClockQuality.UNKNOWN);
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
