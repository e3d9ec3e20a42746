package gatehouse.labelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.labelled.observe.Delivery;
import gatehouse.labelled.scenario.Label;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class LabelledCityTest {

  private static CitySettings city(long seed, int communities, int days, int units) {
    return new CitySettings(
        seed, communities, LocalDate.parse("2026-03-02"), days, days / 2, units, 2);
  }

  private record Lived(List<Fact> registered, List<Delivery> deliveries, List<Label> labels) {}

  private static Lived live(CitySettings settings) {
    List<Fact> registered = new ArrayList<>();
    List<Delivery> deliveries = new ArrayList<>();
    List<Label> labels =
        new LabelledCity(settings)
            .district(0, registered::addAll, day -> deliveries.addAll(day.deliveries()));
    return new Lived(registered, deliveries, labels);
  }

  @Test
  void theSameSeedGivesTheSameCityEventByEvent() {
    assertThat(live(city(5, 2, 4, 20))).isEqualTo(live(city(5, 2, 4, 20)));
    assertThat(live(city(6, 2, 4, 20)).deliveries())
        .isNotEqualTo(live(city(5, 2, 4, 20)).deliveries());
  }

  @Test
  void everyEventHasItsOwnIdentityButForDeliveriesOfTheSame() {
    Map<String, DeviceEvent> byIdentity = new HashMap<>();
    int repeated = 0;
    for (Delivery delivery : live(city(1, 2, 4, 20)).deliveries()) {
      DeviceEvent event = delivery.event();
      DeviceEvent before =
          byIdentity.put(event.community() + '/' + event.device() + '/' + event.id(), event);
      if (before != null) {
        repeated++;
        assertThat(before.withOrigin(event.origin())).isEqualTo(event);
      }
    }
    assertThat(repeated).isBetween(1, byIdentity.size() / 20);
  }

  @Test
  void whatIsStagedIsLabelledAfterTheWarmUp() {
    CitySettings settings = city(3, 3, 14, 40);
    Lived lived = live(settings);
    assertThat(lived.labels()).isNotEmpty();
    Set<String> ids = new HashSet<>();
    for (Label label : lived.labels()) {
      assertThat(ids.add(label.id())).as(label.id()).isTrue();
      // What only excuses an alert, such as a clock that nobody set, may have been so always.
      if (!label.models().isEmpty()) {
        assertThat(label.start()).isAfterOrEqualTo(settings.dayStart(settings.warmUpDays()));
      }
      assertThat(label.detectableFrom()).isBetween(label.start(), label.end());
      assertThat(label.models().size() + label.tolerated().size()).isPositive();
      assertThat(label.subjects().size() + label.places().size()).as(label.id()).isPositive();
    }
  }

  /** Half-hour counts at real doors have a variance of two to three times their mean. */
  @Test
  void countsAtGatesAreAsUnevenAsAtRealDoors() {
    int days = 40;
    CitySettings settings = city(1, 1, days, 200);
    Map<String, Map<Long, Integer>> counts = new TreeMap<>();
    List<Delivery> ordinary = new ArrayList<>();
    new LabelledCity(settings, List.of())
        .district(0, registered -> {}, day -> ordinary.addAll(day.deliveries()));
    for (Delivery delivery : ordinary) {
      if (delivery.event() instanceof AccessEvent access
          && access.device().startsWith("walk-")
          && access.direction() != Direction.UNKNOWN) {
        counts
            .computeIfAbsent(access.direction().name(), way -> new HashMap<>())
            .merge(halfHour(delivery.truth()), 1, Integer::sum);
      }
    }
    List<Double> ratios = new ArrayList<>();
    for (Map<Long, Integer> series : counts.values()) {
      for (int half = 0; half < 48; half++) {
        List<Integer> sample = workdays(settings, series, half);
        double mean = sample.stream().mapToInt(i -> i).average().orElse(0);
        if (mean >= 5) {
          double squares = sample.stream().mapToDouble(i -> (i - mean) * (i - mean)).sum();
          ratios.add(squares / (sample.size() - 1) / mean);
        }
      }
    }
    ratios.sort(null);
    assertThat(ratios).hasSizeGreaterThan(20);
    assertThat(ratios.get(ratios.size() / 2)).isBetween(2.0, 3.0);
  }

  private static List<Integer> workdays(
      CitySettings settings, Map<Long, Integer> series, int half) {
    List<Integer> sample = new ArrayList<>();
    for (int day = 0; day < settings.days(); day++) {
      Instant at = settings.dayStart(day).plus(Duration.ofMinutes(30L * half));
      if (at.atZone(CitySettings.ZONE).getDayOfWeek().getValue() <= 5) {
        sample.add(series.getOrDefault(halfHour(at), 0));
      }
    }
    return sample;
  }

  private static long halfHour(Instant at) {
    return at.getEpochSecond() / 1800;
  }

  @Test
  void nobodyIsInTwoPlacesAtOnce() {
    Map<String, List<Delivery>> uses = new HashMap<>();
    for (Delivery delivery : live(city(2, 1, 10, 60)).deliveries()) {
      if (delivery.event() instanceof AccessEvent access
          && access.passed()
          && access.device().startsWith("walk-")
          && access.credential().startsWith("card-")) {
        uses.computeIfAbsent(access.credential(), card -> new ArrayList<>()).add(delivery);
      }
    }
    int outOfStep = 0;
    int all = 0;
    for (List<Delivery> ofOne : uses.values()) {
      ofOne.sort(java.util.Comparator.comparing(Delivery::truth));
      Direction before = Direction.UNKNOWN;
      for (Delivery use : new java.util.LinkedHashSet<>(ofOne)) {
        Direction now = ((AccessEvent) use.event()).direction();
        all++;
        outOfStep += now == before ? 1 : 0;
        before = now;
      }
    }
    assertThat(all).isGreaterThan(1000);
    assertThat((double) outOfStep / all).as("repeated deliveries and cars only").isLessThan(0.25);
  }

  @Test
  void devicesAreImperfectAsRealOnes() {
    List<Delivery> deliveries = live(city(4, 4, 14, 60)).deliveries();
    ToLongFunction<java.util.function.Predicate<Delivery>> count =
        which -> deliveries.stream().filter(which).count();
    assertThat(count.applyAsLong(d -> d.event().origin().buffered())).isPositive();
    assertThat(
            count.applyAsLong(
                d ->
                    d.event() instanceof DeviceStatus status
                        && status.state() == DeviceStatus.State.OFFLINE))
        .isPositive();
    long late = count.applyAsLong(d -> d.arrives().isAfter(d.truth().plus(Duration.ofMinutes(5))));
    assertThat((double) late / deliveries.size()).isBetween(0.001, 0.06);
    Set<String> plates = new HashSet<>();
    deliveries.forEach(
        d -> {
          if (d.event() instanceof PlateRead read && read.confidence() < 0.9) {
            plates.add(read.plate());
          }
        });
    assertThat(plates).isNotEmpty();
  }

  @Test
  void anImpossibleCityIsRefused() {
    assertThatThrownBy(() -> city(1, 0, 10, 60))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 2079");
    assertThatThrownBy(() -> new CitySettings(1, 1, LocalDate.parse("2026-03-02"), 3, 3, 60, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("warm-up");
  }
}
