package gatehouse.api.repair;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Attention;
import gatehouse.analysis.Repair;
import gatehouse.analysis.Replay;
import gatehouse.api.ApiSettings;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Repairs one community: replays its history without and with the late events and publishes the
 * difference. The events are marked as repaired after that; whoever dies in between publishes the
 * same revisions again.
 */
@Component
final class CommunityRepair {

  private static final Logger log = LoggerFactory.getLogger(CommunityRepair.class);
  private static final String REPAIRED = "REPAIRED";
  private static final String REFUSED = "REFUSED";

  private final ApiSettings settings;
  private final LateStore store;
  private final AlertPublisher publisher;
  private final RepairCounts counts;
  private final Clock clock;

  CommunityRepair(
      ApiSettings settings,
      LateStore store,
      AlertPublisher publisher,
      RepairCounts counts,
      Clock clock) {
    this.settings = settings;
    this.store = store;
    this.publisher = publisher;
    this.counts = counts;
    this.clock = clock;
  }

  void run(String community) {
    int most = settings.repairMostEvents();
    List<LateEvent> late = store.unrepaired(community, most);
    if (late.isEmpty()) {
      return;
    }
    Optional<RepairWindow> found =
        RepairWindow.of(
            late,
            settings.repairWindow(),
            clock.instant(),
            most,
            (from, to, limit) -> store.count(community, from, to, limit));
    if (found.isEmpty()) {
      counts.narrowed.increment();
      log.warn(
          "A late event of {} at {} stands among more than {} events; it is not repaired"
              + " (GATEHOUSE_REPAIR_MOST_EVENTS)",
          community,
          late.get(0).time(),
          most);
      refuse(community, late.subList(0, 1));
      return;
    }
    RepairWindow window = found.get();
    if (window.narrowed()) {
      counts.narrowed.increment();
      log.warn(
          "The window of a repair of {} holds more than {} events; it is narrowed to {} until {},"
              + " {} of {} late events (GATEHOUSE_REPAIR_MOST_EVENTS)",
          community,
          most,
          window.from(),
          window.to(),
          window.late().size(),
          late.size());
    }
    repair(community, window);
  }

  /** Gives up all that is unrepaired, so that it does not hold up what comes later. */
  void giveUp(String community) {
    refuse(community, store.unrepaired(community, Integer.MAX_VALUE));
  }

  private void refuse(String community, List<LateEvent> late) {
    counts.refused.increment(store.done(community, late, REFUSED, clock.instant()));
  }

  private void repair(String community, RepairWindow window) {
    LateStore.History history = store.load(community, window);
    List<Alert> difference = history.late().isEmpty() ? List.of() : difference(community, history);
    publisher.publish(difference);
    int done = store.done(community, window.late(), REPAIRED, clock.instant());
    int retracted =
        (int) difference.stream().filter(alert -> alert.state() == AlertState.RETRACTED).count();
    int historic =
        (int)
            difference.stream()
                .filter(alert -> alert.state() != AlertState.RETRACTED)
                .filter(alert -> alert.attention() == Attention.HISTORIC)
                .count();
    counts.repairs.increment();
    counts.events.increment(done);
    counts.retracted.increment((double) retracted);
    counts.historic.increment((double) historic);
    counts.revised.increment((double) (difference.size() - retracted - historic));
    log.info(
        "Repaired {}: {} late events among {}, {} historic alerts, {} retracted",
        community,
        done,
        history.events().size(),
        historic,
        retracted);
  }

  private List<Alert> difference(String community, LateStore.History history) {
    Knowledge knowledge = Knowledge.read(settings.kafkaBootstrap(), community);
    Replay replay = new Replay(ModelCatalogue.all(), knowledge.settings());
    List<Fact> facts = new ArrayList<>(knowledge.facts());
    facts.addAll(history.events());
    Instant until = newest(history, Instant.EPOCH);
    facts.addAll(history.late());
    List<Alert> without = replay.asSeenLive(facts, history.late(), until).alerts();
    List<Alert> with = replay.run(facts, until).alerts();
    return Repair.difference(without, with, knownAt(history.late()));
  }

  private static Instant newest(LateStore.History history, Instant atLeast) {
    Instant newest = atLeast;
    for (List<DeviceEvent> events : List.of(history.events(), history.late())) {
      for (DeviceEvent event : events) {
        newest = event.time().isAfter(newest) ? event.time() : newest;
      }
    }
    return newest;
  }

  /** When the last of them reached us: the same however often a repair is tried. */
  private static Instant knownAt(List<DeviceEvent> late) {
    return late.stream()
        .map(event -> event.origin().receivedAt())
        .max(Instant::compareTo)
        .orElseThrow();
  }
}
