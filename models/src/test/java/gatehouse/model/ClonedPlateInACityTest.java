package gatehouse.model;

import static gatehouse.fixture.GateFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Entry;
import gatehouse.registry.Vehicle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A small city whose cameras misread 1.5 % of plates, against the naive rule "too fast is a clone".
 */
class ClonedPlateInACityTest {

  private static final int COMMUNITIES = 6;
  private static final int VEHICLES = 100;
  private static final int DAYS = 10;
  private static final int CLONES = 6;
  private static final double KILOMETRES_APART = 20;
  private static final double MISREAD = 0.015;

  /** Few characters, all with look-alikes: every plate has several neighbours. */
  private static final String ALPHABET = "0D8B5S2Z";

  private static final List<String> COLOURS = List.of("white", "black", "silver", "red", "blue");

  private final GateFixture world = new GateFixture();
  private final List<Fact> history = new ArrayList<>();

  private record Owned(String plate, int home, String colour) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void clonesAreFoundAndMisreadPlatesAreNot(long seed) {
    Random random = new Random(seed);
    List<Owned> vehicles = vehicles(random);
    for (Owned vehicle : vehicles) {
      live(random, vehicle, vehicle.home());
    }
    Set<String> cloned = new HashSet<>();
    for (int i = 0; i < CLONES; i++) {
      Owned victim = vehicles.get(i * 50);
      cloned.add(victim.plate());
      int elsewhere = (victim.home() + 2 + random.nextInt(3)) % COMMUNITIES;
      live(random, new Owned(victim.plate(), elsewhere, colour(random)), elsewhere);
    }

    Set<String> naive = tooFast();
    List<Alert> alerts = GateFixture.alerts(ClonedPlateTest.CHAIN, new SettingsBook(), history);
    Set<String> found = new HashSet<>();
    alerts.forEach(alert -> found.add(alert.episode()));
    Set<String> falsely = new HashSet<>(found);
    falsely.removeAll(cloned);
    found.retainAll(cloned);

    naive.removeAll(cloned);
    assertThat(naive).hasSizeGreaterThan(10);
    assertThat(falsely).isEmpty();
    assertThat(found).hasSizeGreaterThanOrEqualTo(CLONES - 1);
  }

  private List<Owned> vehicles(Random random) {
    for (int c = 0; c < COMMUNITIES; c++) {
      history.add(ClonedPlateTest.gate("c" + c, "gate", c * KILOMETRES_APART));
    }
    Set<String> plates = new HashSet<>();
    List<Owned> vehicles = new ArrayList<>();
    while (vehicles.size() < COMMUNITIES * VEHICLES) {
      String plate = "京PX";
      for (int i = 0; i < 4; i++) {
        plate += ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      }
      if (plates.add(plate)) {
        Owned owned = new Owned(plate, vehicles.size() % COMMUNITIES, colour(random));
        vehicles.add(owned);
        register(owned);
      }
    }
    return vehicles;
  }

  /** One vehicle in eight is not registered where it lives. */
  private void register(Owned owned) {
    if (history.size() % 8 != 0) {
      Instant from = at(-30, "00:00:00");
      history.add(
          new Vehicle(
              new Entry(owned.plate(), "c" + owned.home(), from, from, null),
              owned.plate(),
              null,
              null,
              owned.colour(),
              "car",
              "",
              "resident",
              false));
    }
  }

  /** Out in the morning, in in the evening, now and then a visit elsewhere by day. */
  private void live(Random random, Owned vehicle, int home) {
    for (int day = 0; day < DAYS; day++) {
      pass(random, vehicle, home, at(day, "07:30:00").plusSeconds(random.nextInt(3600)));
      if (random.nextInt(3) == 0) {
        int visited = random.nextInt(COMMUNITIES);
        Instant arrival = at(day, "11:00:00").plusSeconds(random.nextInt(7200));
        pass(random, vehicle, visited, arrival);
        pass(random, vehicle, visited, arrival.plusSeconds(3600));
      }
      pass(random, vehicle, home, at(day, "17:30:00").plusSeconds(random.nextInt(3600)));
    }
  }

  private void pass(Random random, Owned vehicle, int community, Instant time) {
    boolean wrong = random.nextDouble() < MISREAD;
    String plate = wrong ? misread(random, vehicle.plate()) : vehicle.plate();
    // The worse the picture, the surer an error; but many errors look sure.
    double confidence = (wrong ? 0.75 : 0.93) + (wrong ? 0.24 : 0.069) * random.nextDouble();
    boolean colourRight = random.nextDouble() < 0.94;
    history.add(
        GateFixture.plate(
            world.origin("c" + community, "gate", time),
            plate,
            Direction.IN,
            confidence,
            colourRight ? vehicle.colour() : colour(random),
            "car"));
  }

  /** Seven errors of ten go to the look-alike, which stands beside it in the alphabet. */
  private static String misread(Random random, String plate) {
    int position = 3 + random.nextInt(4);
    int right = ALPHABET.indexOf(plate.charAt(position));
    int wrong = random.nextInt(10) < 7 ? right ^ 1 : random.nextInt(ALPHABET.length());
    return plate.substring(0, position) + ALPHABET.charAt(wrong) + plate.substring(position + 1);
  }

  private static String colour(Random random) {
    return COLOURS.get(random.nextInt(COLOURS.size()));
  }

  /** The naive rule: two reads after each other, faster than 90 km/h in a straight line. */
  private Set<String> tooFast() {
    List<PlateRead> reads =
        history.stream()
            .filter(PlateRead.class::isInstance)
            .map(PlateRead.class::cast)
            .sorted(Comparator.comparing(PlateRead::time))
            .toList();
    TreeMap<String, PlateRead> last = new TreeMap<>();
    Set<String> tooFast = new HashSet<>();
    for (PlateRead read : reads) {
      PlateRead before = last.put(read.plate(), read);
      if (before != null) {
        double kilometres =
            KILOMETRES_APART * Math.abs(read.community().charAt(1) - before.community().charAt(1));
        double hours = (read.time().toEpochMilli() - before.time().toEpochMilli()) / 3_600_000.0;
        if (kilometres > hours * 90) {
          tooFast.add(read.plate());
        }
      }
    }
    return tooFast;
  }
}
