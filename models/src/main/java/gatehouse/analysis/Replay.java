package gatehouse.analysis;

import gatehouse.alert.Alert;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Episodes;
import gatehouse.alert.Finding;
import gatehouse.analysis.SettingsBook.ScopePath;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.site.PlaceEntry;
import gatehouse.site.SiteMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plain Java host: runs models over a finished history. Unit tests, what-if questions and the
 * repair after late data use it; the streaming hosts must agree with it.
 */
public final class Replay {

  private final List<ModelEntry<?, ?, ?>> entries;
  private final SettingsBook settings;

  /**
   * A replay of these models.
   *
   * @param entries in such an order that who derives facts comes before who consumes them
   */
  public Replay(List<? extends ModelEntry<?, ?, ?>> entries, SettingsBook settings) {
    this.entries = List.copyOf(entries);
    this.settings = settings;
  }

  /** A replay of one model with its default settings. */
  public static Replay of(ModelEntry<?, ?, ?> entry) {
    return new Replay(List.of(entry), new SettingsBook());
  }

  /**
   * What came of a history.
   *
   * @param findings all findings, model by model, in event-time order within a key
   * @param alerts every alert in its last revision, by first event time
   * @param revisions every published revision, in order of publication within an episode
   */
  public record Result(List<Finding> findings, List<Alert> alerts, List<Alert> revisions) {}

  /**
   * Runs the history.
   *
   * @param history facts in any order; the same fact twice counts once
   * @param until how long time goes on after the last fact: wakes up to this time happen
   */
  public Result run(Collection<? extends Fact> history, Instant until) {
    return asSeenLive(history, Set.of(), until);
  }

  /**
   * Runs the history as the live job saw it, some of whose events came behind the watermark: models
   * in event-time order do not know them, those on arrival know them from when they were received.
   *
   * @param history facts in any order, the late ones among them
   * @param late which of the events came late
   */
  public Result asSeenLive(
      Collection<? extends Fact> history, Collection<DeviceEvent> late, Instant until) {
    Set<String> lateOnes = late.stream().map(Replay::identity).collect(Collectors.toSet());
    List<Fact> facts = new ArrayList<>();
    List<Fact> behind = new ArrayList<>();
    for (Fact fact : completed(distinct(history))) {
      (lateOnes.contains(identity(fact)) ? behind : facts).add(fact);
    }
    List<Finding> findings = new ArrayList<>();
    for (ModelEntry<?, ?, ?> entry : entries) {
      List<DerivedFact> derived = new ArrayList<>();
      List<Fact> onArrival = entry.ordering() == Ordering.ON_ARRIVAL ? behind : List.of();
      runModel(entry, facts, onArrival, until, findings, derived);
      facts.addAll(derived);
    }
    return episodes(findings, until);
  }

  private static List<Fact> distinct(Collection<? extends Fact> history) {
    Map<String, Fact> byId = new LinkedHashMap<>();
    for (Fact fact : history) {
      byId.putIfAbsent(identity(fact), fact);
    }
    return new ArrayList<>(byId.values());
  }

  private static String identity(Fact fact) {
    String sender = fact instanceof DeviceEvent event ? event.device() : "";
    return String.join(
        "|",
        fact.getClass().getName(),
        fact.community(),
        sender,
        fact.id(),
        fact instanceof DeviceEvent ? "" : fact.time().toString());
  }

  private static List<Fact> completed(List<Fact> facts) {
    Map<String, SiteMap> sites = new LinkedHashMap<>();
    for (Fact fact : facts) {
      if (fact instanceof PlaceEntry entry) {
        sites.computeIfAbsent(entry.community(), community -> new SiteMap()).add(entry);
      }
    }
    List<Fact> completed = new ArrayList<>(facts.size());
    for (Fact fact : facts) {
      SiteMap site = sites.get(fact.community());
      completed.add(
          site != null && fact instanceof DeviceEvent event ? site.complete(event) : fact);
    }
    return completed;
  }

  private <E extends Fact, S, C extends Settings> void runModel(
      ModelEntry<E, S, C> entry,
      List<Fact> facts,
      List<Fact> late,
      Instant until,
      List<Finding> findings,
      List<DerivedFact> derived) {
    ModelRunner<E, S, C> runner = new ModelRunner<>(entry, settings);
    Map<String, List<Shown>> byKey = new TreeMap<>();
    for (Fact fact : facts) {
      for (String key : runner.keys(fact)) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(new Shown(fact, fact.time()));
      }
    }
    for (Fact fact : late) {
      for (String key : runner.keys(fact)) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(Shown.onArrival(fact));
      }
    }
    byKey.forEach(
        (key, ofKey) -> {
          ofKey.sort(Shown.ORDER);
          new KeyRun<>(runner, key, findings, derived).run(ofKey, until);
        });
  }

  /** A fact and when it is shown: at its own time, unless it came late. */
  private record Shown(Fact fact, Instant at) {

    private static final Comparator<Shown> ORDER =
        Comparator.comparing(Shown::at).thenComparing(Shown::fact, FactOrder.INSTANCE);

    private static Shown onArrival(Fact fact) {
      Instant received =
          fact instanceof DeviceEvent event ? event.origin().receivedAt() : fact.time();
      return new Shown(fact, received.isAfter(fact.time()) ? received : fact.time());
    }
  }

  /** One key's run through its facts and wakes. */
  private static final class KeyRun<S> {

    private final ModelRunner<?, S, ?> runner;
    private final String key;
    private final List<Finding> findings;
    private final List<DerivedFact> derived;
    private @Nullable S state;
    private @Nullable Instant wakeAt;
    private ScopePath scope = ScopePath.UNKNOWN;

    KeyRun(
        ModelRunner<?, S, ?> runner,
        String key,
        List<Finding> findings,
        List<DerivedFact> derived) {
      this.runner = runner;
      this.key = key;
      this.findings = findings;
      this.derived = derived;
    }

    void run(List<Shown> facts, Instant until) {
      for (Shown shown : facts) {
        Fact fact = shown.fact();
        wakeBefore(shown.at());
        scope = ModelRunner.scope(fact, scope);
        take(runner.onEvent(key, fact, state, scope), fact.time());
      }
      wakeBefore(until.plusNanos(1));
    }

    /** Wakes that are due before this time; at the same time facts come first. */
    private void wakeBefore(Instant time) {
      while (wakeAt != null && wakeAt.isBefore(time) && state != null) {
        Instant due = wakeAt;
        wakeAt = null;
        take(runner.onWake(key, due, state, scope), due);
      }
    }

    private void take(Step<S> step, Instant now) {
      state = step.state();
      findings.addAll(step.findings());
      derived.addAll(step.derived());
      Instant asked = step.wakeAt();
      wakeAt = asked == null || asked.isAfter(now) ? asked : now;
    }
  }

  private Result episodes(List<Finding> findings, Instant until) {
    Map<String, List<Finding>> byEpisode = new TreeMap<>();
    for (Finding finding : findings) {
      byEpisode.computeIfAbsent(Episodes.key(finding), key -> new ArrayList<>()).add(finding);
    }
    List<Alert> revisions = new ArrayList<>();
    byEpisode.values().forEach(ofEpisode -> revisions.addAll(revisions(ofEpisode, until)));
    Map<String, Alert> last = new LinkedHashMap<>();
    for (Alert revision : revisions) {
      last.put(revision.id(), revision);
    }
    List<Alert> alerts = new ArrayList<>(last.values());
    alerts.sort(Comparator.comparing(Alert::firstEventTime).thenComparing(Alert::id));
    return new Result(List.copyOf(findings), List.copyOf(alerts), List.copyOf(revisions));
  }

  private List<Alert> revisions(List<Finding> ofEpisode, Instant until) {
    Episodes episodes = new Episodes(policy(ofEpisode.get(0).model()));
    List<Alert> revisions = new ArrayList<>();
    Episodes.Change change = new Episodes.Change(null, List.of(), null);
    for (Finding finding : ofEpisode) {
      change = wakeUntil(episodes, change, finding.at(), revisions);
      change = episodes.onFinding(finding, change.episode());
      revisions.addAll(change.alerts());
    }
    wakeUntil(episodes, change, until.plusNanos(1), revisions);
    return revisions;
  }

  private static Episodes.Change wakeUntil(
      Episodes episodes, Episodes.Change change, Instant time, List<Alert> revisions) {
    Episodes.Change now = change;
    while (now.episode() != null && now.wakeAt() != null && now.wakeAt().isBefore(time)) {
      now = episodes.onWake(now.wakeAt(), now.episode());
      revisions.addAll(now.alerts());
    }
    return now;
  }

  private EpisodePolicy policy(String model) {
    return entries.stream()
        .filter(entry -> entry.id().equals(model))
        .findFirst()
        .orElseThrow()
        .episodes();
  }
}
