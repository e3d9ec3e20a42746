package gatehouse.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Repair;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.LabelledCity;
import gatehouse.model.ModelCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two communities in which everything is staged that models know. Their events arrive in any order,
 * some too late for the live models and some twice; what the live models and a repair then say is
 * what a replay of the ordered history says.
 *
 * <p>{@code -Dgatehouse.seeds=1-20} tries all of these instead of the first.
 */
class AnyArrivalTest {

  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final List<ModelEntry<?, ?, ?>> ALL = ModelCatalogue.all();
  private static final Duration AFTERWARDS = Duration.ofDays(20);
  private static final Instant REPAIRED = Instant.parse("2030-01-01T00:00:00Z");

  static LongStream seeds() {
    String[] range = System.getProperty("gatehouse.seeds", "1-1").split("-", 2);
    return LongStream.rangeClosed(
        Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderAndAnySplitIntoLiveAndLateGivesTheSameFinalAlerts(long seed) {
    History history = History.of(seed);
    Instant until = history.end().plus(AFTERWARDS);
    List<Arrivals.Arrival> arriving = Arrivals.of(history.events(), seed, BOUND);
    LiveHost host = new LiveHost(ALL, BOUND);
    history.known().forEach(host::arrive);
    Random random = new Random(seed);
    Map<String, DeviceEvent> arrived = new LinkedHashMap<>();
    Set<DeviceEvent> late = new HashSet<>();
    for (Arrivals.Arrival arrival : arriving) {
      // Watermarks are made ten times a second.
      host.advance(arrival.at().minusMillis(random.nextInt(100)));
      DeviceEvent event = arrival.event();
      boolean missed = host.arrive(event);
      // An event that comes again has had its time, in time or late.
      if (arrived.putIfAbsent(identity(event), event) == null && missed) {
        late.add(event);
      }
    }
    host.end(until);

    List<Fact> whole = new ArrayList<>(history.known());
    whole.addAll(arrived.values());
    List<Alert> expected = replay(whole, until);
    Map<String, Alert> store = host.alerts();
    Map<String, String> unrepaired = standing(store.values());
    List<Alert> seen = new Replay(ALL, new SettingsBook()).asSeenLive(whole, late, until).alerts();
    for (Alert repaired : Repair.difference(seen, expected, REPAIRED)) {
      Alert before = store.get(repaired.id());
      if (before == null || before.revision() < repaired.revision()) {
        store.put(repaired.id(), repaired);
      }
    }
    assertThat(differences(standing(expected), standing(store.values()))).isEmpty();
    assertThat(unrepaired).isNotEqualTo(standing(expected));
    assertThat(expected.stream().map(Alert::model).distinct()).hasSizeGreaterThan(20);
  }

  private static List<String> differences(Map<String, String> wanted, Map<String, String> is) {
    Set<String> ids = new TreeSet<>(wanted.keySet());
    ids.addAll(is.keySet());
    return ids.stream()
        .filter(id -> !wanted.getOrDefault(id, "").equals(is.getOrDefault(id, "")))
        .map(
            id ->
                String.format(
                    "%s%n  wanted %s%n  is     %s",
                    id, wanted.getOrDefault(id, "none"), is.getOrDefault(id, "none")))
        .toList();
  }

  private static String identity(DeviceEvent event) {
    return event.community() + '|' + event.device() + '|' + event.id();
  }

  private static List<Alert> replay(List<Fact> history, Instant until) {
    return new Replay(ALL, new SettingsBook()).run(history, until).alerts();
  }

  /**
   * Alerts that stand: what they say, but not whether people were told. One that is still open is
   * left to the live job, which does not know what came late: only that it is open counts.
   */
  private static Map<String, String> standing(Collection<Alert> alerts) {
    Map<String, String> standing = new TreeMap<>();
    for (Alert alert : alerts) {
      if (alert.state() != AlertState.RETRACTED) {
        standing.put(
            alert.id(),
            String.join(
                " ",
                alert.model(),
                alert.state().name(),
                alert.community(),
                alert.episode(),
                alert.state() == AlertState.OPEN
                    ? ""
                    : alert.place() + " " + alert.subjects() + " " + alert.severity()));
      }
    }
    return standing;
  }

  private record History(List<Fact> known, List<DeviceEvent> events, Instant end) {

    static History of(long seed) {
      CitySettings settings = new CitySettings(seed, 2, LocalDate.parse("2026-03-02"), 8, 1, 24, 8);
      List<Fact> known = new ArrayList<>();
      List<DeviceEvent> events = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      new LabelledCity(settings)
          .district(
              0,
              known::addAll,
              day -> {
                known.addAll(day.facts());
                day.deliveries().stream()
                    .map(delivery -> delivery.event())
                    .filter(event -> seen.add(identity(event)))
                    .forEach(events::add);
              });
      events.sort(FactOrder.INSTANCE);
      return new History(known, events, settings.end());
    }
  }
}
