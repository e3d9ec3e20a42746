package gatehouse.simulator.life;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.FaceCapture;
import gatehouse.event.PlateRead;
import gatehouse.event.SensorReading;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import gatehouse.simulator.SmallCity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifeTest {

  private static final Instant MORNING = Instant.parse("2026-11-24T00:00:00Z");

  @Test
  void ordinaryLifeIsFullOfEventsAtTheRateAskedFor() {
    List<DeviceEvent> events = life(3, 1, Duration.ofHours(2), false);

    double perSecond =
        events.stream().filter(event -> !(event instanceof DeviceStatus)).count() / 7200.0;
    assertThat(perSecond).isBetween(2.0, 7.0);
    assertThat(events.stream().map(Object::getClass).collect(Collectors.toSet()))
        .contains(
            AccessEvent.class,
            PlateRead.class,
            FaceCapture.class,
            SensorReading.class,
            TrackSighting.class,
            DeviceStatus.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nothingIsWrongWithOrdinaryLife(long seed) {
    List<Alert> alerts =
        // Not longer: what is under way when life stops, such as a door's bolt, never ends.
        alerts(3, life(3, seed, Duration.ofHours(6), false), Duration.ofSeconds(5));

    assertThat(alerts)
        .extracting(alert -> alert.model() + " at " + alert.place() + ' ' + alert.firstEventTime())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatIsStagedIsFoundWithinMinutes(int communities) {
    List<DeviceEvent> events = life(communities, 5, Duration.ofMinutes(6), true);
    Set<String> found =
        alerts(communities, events, Duration.ofMinutes(5)).stream()
            .map(Alert::model)
            .collect(Collectors.toSet());

    assertThat(found)
        .contains(
            "door-forced",
            "door-held-open",
            "denied-burst",
            "duress",
            "anti-passback",
            "stale-grant",
            "restricted-entry",
            "cloned-plate");
  }

  private static List<DeviceEvent> life(
      int communities, long seed, Duration length, boolean incidents) {
    SmallCity city = city(communities);
    VirtualAgenda agenda = new VirtualAgenda(city, MORNING);
    Random random = new Random(seed);
    Contacts contacts = new Contacts(agenda);
    new DailyLife(city.neighbourhoods(), agenda, contacts, agenda, random, 5).begin();
    if (incidents) {
      new Incidents(city.neighbourhoods(), agenda, contacts, random, Duration.ofHours(9)).begin();
    }
    return agenda.until(MORNING.plus(length));
  }

  /** The alerts of these events, and of so much time after them. */
  private static List<Alert> alerts(int communities, List<DeviceEvent> events, Duration after) {
    List<Fact> history = new ArrayList<>(city(communities).facts());
    history.addAll(events);
    Instant end = events.get(events.size() - 1).time();
    return new Replay(ModelCatalogue.all(), new SettingsBook())
        .run(history, end.plus(after))
        .alerts();
  }

  private static SmallCity city(int communities) {
    return SmallCity.of(communities, SmallCity.SEED, MORNING);
  }
}
