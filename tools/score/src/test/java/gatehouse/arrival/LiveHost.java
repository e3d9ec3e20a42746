package gatehouse.arrival;

import gatehouse.alert.Alert;
import gatehouse.alert.Episode;
import gatehouse.alert.Episodes;
import gatehouse.alert.Finding;
import gatehouse.analysis.ModelEntry;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.site.PlaceEntry;
import gatehouse.site.SiteMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the live job does with facts as they arrive, in one thread: models stage by stage behind a
 * watermark, those on arrival at once, and aside what came too late for anybody.
 */
final class LiveHost {

  private final Duration bound;
  private final Map<String, SiteMap> sites = new HashMap<>();
  private final List<LiveModel<?>> models = new ArrayList<>();
  private final Map<String, Episodes> policies = new HashMap<>();
  private final Map<String, Watched> episodes = new HashMap<>();
  private final Timers timers = new Timers();
  private final Map<String, Alert> published = new LinkedHashMap<>();
  private long latest = Long.MIN_VALUE;
  private long watermark = Long.MIN_VALUE;

  private record Watched(Episode episode, @Nullable Instant wakeAt) {}

  /**
   * A host of these models.
   *
   * @param bound how much disorder is waited for
   */
  LiveHost(List<ModelEntry<?, ?, ?>> entries, Duration bound) {
    this.bound = bound;
    for (ModelEntry<?, ?, ?> entry : entries) {
      int next = models.size() + 1;
      policies.put(entry.id(), new Episodes(entry.episodes()));
      models.add(LiveModel.of(entry, this::found, fact -> derived(fact, next)));
    }
  }

  /** Takes a fact; whether it is an event that came too late for a model. */
  boolean arrive(Fact fact) {
    if (fact instanceof PlaceEntry entry) {
      sites.computeIfAbsent(entry.community(), community -> new SiteMap()).add(entry);
    }
    Fact complete = fact;
    if (fact instanceof DeviceEvent event) {
      SiteMap site = sites.get(event.community());
      complete = site == null ? event : site.complete(event);
      Instant furthest = event.origin().receivedAt().plus(bound);
      Instant speaksFor = event.time().isAfter(furthest) ? furthest : event.time();
      latest = Math.max(latest, speaksFor.toEpochMilli());
    }
    boolean missed = false;
    for (LiveModel<?> model : models) {
      missed |= model.arrive(complete);
    }
    return missed;
  }

  /**
   * Lets event time come up to what has arrived.
   *
   * @param now up to when events of other communities have, of which there are many
   */
  void advance(Instant now) {
    advance(Math.max(latest, now.toEpochMilli()) - bound.toMillis() - 1);
  }

  /** Lets event time go on to the end. */
  void end(Instant until) {
    advance(until.toEpochMilli());
  }

  /** Every alert in its last revision, by id. */
  Map<String, Alert> alerts() {
    return new LinkedHashMap<>(published);
  }

  private void advance(long to) {
    if (to <= watermark) {
      return;
    }
    models.forEach(model -> model.advance(to));
    watermark = to;
    for (String key : timers.take(to)) {
      Watched before = episodes.get(key);
      if (before != null) {
        keep(key, before, policy(before.episode().alert().model()));
      }
    }
  }

  private void derived(DerivedFact fact, int from) {
    models.subList(from, models.size()).forEach(model -> model.arrive(fact));
  }

  private void found(Finding finding) {
    Episodes policy = policy(finding.model());
    String key = Episodes.key(finding);
    Watched before = pass(policy, episodes.get(key), finding.at());
    Episodes.Change change = policy.onFinding(finding, before == null ? null : before.episode());
    change.alerts().forEach(this::publish);
    keep(key, watched(change), policy);
  }

  private void keep(String key, @Nullable Watched episode, Episodes policy) {
    Watched after = pass(policy, episode, Instant.ofEpochMilli(Math.max(watermark, -1) + 1));
    if (after == null) {
      episodes.remove(key);
    } else {
      episodes.put(key, after);
    }
    Instant wakeAt = after == null ? null : after.wakeAt();
    timers.set(key, wakeAt == null ? null : Long.valueOf(wakeAt.toEpochMilli()));
  }

  private @Nullable Watched pass(Episodes policy, @Nullable Watched episode, Instant time) {
    Watched now = episode;
    while (now != null && now.wakeAt() != null && now.wakeAt().isBefore(time)) {
      Episodes.Change change = policy.onWake(now.wakeAt(), now.episode());
      change.alerts().forEach(this::publish);
      now = watched(change);
    }
    return now;
  }

  private static @Nullable Watched watched(Episodes.Change change) {
    return change.episode() == null ? null : new Watched(change.episode(), change.wakeAt());
  }

  private Episodes policy(String model) {
    Episodes policy = policies.get(model);
    if (policy == null) {
      throw new IllegalStateException(model + " is not hosted");
    }
    return policy;
  }

  /** The highest revision counts, as for everybody who reads alerts. */
  private void publish(Alert alert) {
    Alert before = published.get(alert.id());
    if (before == null || before.revision() < alert.revision()) {
      published.put(alert.id(), alert);
    }
  }
}
