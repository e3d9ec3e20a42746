package gatehouse.simulator.life;

import static gatehouse.simulator.life.Happening.alive;
import static gatehouse.simulator.life.Happening.door;
import static gatehouse.simulator.life.Happening.face;
import static gatehouse.simulator.life.Happening.granted;
import static gatehouse.simulator.life.Happening.measured;
import static gatehouse.simulator.life.Happening.passers;
import static gatehouse.simulator.life.Happening.plate;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.SensorReading;
import gatehouse.simulator.city.Car;
import gatehouse.simulator.city.Neighbourhood;
import gatehouse.simulator.city.Person;
import gatehouse.simulator.city.SimulatedDevice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The ordinary: people come and go, on foot and by car, as it is usual at that hour; visitors call;
 * cameras and lamp posts report. Nothing of it is wrong.
 */
public final class DailyLife {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** Where people are at each hour: the share of movements that lead home. */
  private static final double[] HOMEWARD = {
    0.9, 0.9, 0.9, 0.8, 0.5, 0.3, 0.15, 0.1, 0.15, 0.35, 0.5, 0.6,
    0.55, 0.4, 0.4, 0.45, 0.6, 0.75, 0.8, 0.75, 0.7, 0.8, 0.9, 0.9
  };

  /** How busy each hour is, against the busiest. */
  private static final double[] BUSY = {
    0.25, 0.2, 0.2, 0.2, 0.2, 0.35, 0.6, 1.0, 1.0, 0.7, 0.6, 0.7,
    0.8, 0.6, 0.5, 0.6, 0.8, 1.0, 1.0, 0.9, 0.7, 0.6, 0.5, 0.35
  };

  /** Events that one movement makes, on average. */
  private static final double EVENTS_EACH = 1.5;

  /** A car that has just passed a gate does not pass another one within this time. */
  private static final Duration CAR_REST = Duration.ofMinutes(6);

  /** Nobody who was just seen is seen elsewhere within this time: nobody is in two places. */
  private static final Duration REST = Duration.ofMinutes(4);

  private static final double AWAY_AT_FIRST = 0.4;
  private static final Duration HEARTBEAT = Duration.ofMinutes(2);

  private final List<Neighbourhood> city;
  private final Agenda agenda;
  private final Clock clock;
  private final Random random;
  private final Passages passages;
  private final double rate;
  private final Set<String> away = new HashSet<>();
  private final Map<String, Instant> lastSeen = new HashMap<>();
  private long tracks;

  /**
   * The life of a city.
   *
   * @param contacts of the doors, the same for all that happens
   * @param rate events a second at the busiest hour
   */
  public DailyLife(
      List<Neighbourhood> city,
      Agenda agenda,
      Contacts contacts,
      Clock clock,
      Random random,
      double rate) {
    this.city = city;
    this.agenda = agenda;
    this.clock = clock;
    this.random = random;
    this.passages = new Passages(agenda, contacts, random);
    this.rate = rate;
  }

  /** Begins, and does not end before the agenda does. */
  public void begin() {
    for (Neighbourhood one : city) {
      for (SimulatedDevice device : one.devices()) {
        heartbeat(one.id(), device.id(), Duration.ofMillis(random.nextInt(20_000)));
        if (device.opens()) {
          // Whatever stood open when the city was stopped is shut when it starts.
          agenda.report(Duration.ZERO, one.id(), device.id(), door(DoorEvent.Change.CLOSED));
          agenda.report(Duration.ZERO, one.id(), device.id(), door(DoorEvent.Change.LOCKED));
        }
      }
      one.people().stream()
          .map(Person::id)
          .filter(person -> random.nextDouble() < AWAY_AT_FIRST)
          .forEach(away::add);
      one.cars().stream()
          .map(Car::plate)
          .filter(plate -> random.nextDouble() < AWAY_AT_FIRST)
          .forEach(away::add);
    }
    next();
  }

  private void heartbeat(String community, String device, Duration delay) {
    agenda.report(delay, community, device, alive());
    agenda.after(delay, () -> heartbeat(community, device, HEARTBEAT));
  }

  /** Movements come at random, more of them at busy hours. */
  private void next() {
    int hour = LocalTime.ofInstant(clock.instant(), ZONE).getHour();
    double perSecond = rate * BUSY[hour] / EVENTS_EACH;
    double wait = -Math.log(1 - random.nextDouble()) / perSecond;
    agenda.after(
        Duration.ofMillis(Math.round(wait * 1000)),
        () -> {
          something(pick(city), random.nextDouble() < HOMEWARD[hour]);
          next();
        });
  }

  private void something(Neighbourhood one, boolean homeward) {
    double what = random.nextDouble();
    if (what < 0.40) {
      onFoot(one, homeward);
    } else if (what < 0.58) {
      byCar(one, homeward);
    } else if (what < 0.63) {
      visitor(one);
    } else if (what < 0.75) {
      seen(one);
    } else if (what < 0.78) {
      plantStaff(one);
    } else {
      pole(one);
    }
  }

  private void onFoot(Neighbourhood one, boolean homeward) {
    Person person = pick(one.people());
    if (person.unit().equals("office") || !rested(person.id(), REST)) {
      return;
    }
    String walk = random.nextBoolean() ? "walk-east" : "walk-west";
    Duration way = Duration.ofSeconds(40 + random.nextInt(50));
    if (homeward && away.remove(person.id())) {
      agenda.report(
          Duration.ZERO,
          one.id(),
          walk + "-in",
          granted(person.card(), CredentialType.CARD, "resident", Direction.IN));
      passages.enter(way, one.id(), person.door(), person.card(), "resident");
    } else if (!homeward && away.add(person.id())) {
      passages.leave(Duration.ZERO, one.id(), person.door());
      agenda.report(
          way,
          one.id(),
          walk + "-out",
          granted(person.card(), CredentialType.CARD, "resident", Direction.OUT));
    }
  }

  private void byCar(Neighbourhood one, boolean homeward) {
    if (one.cars().isEmpty()) {
      return;
    }
    Car car = pick(one.cars());
    boolean isAway = away.contains(car.plate());
    if (homeward != isAway || !rested(car.plate(), CAR_REST)) {
      return;
    }
    if (isAway) {
      away.remove(car.plate());
    } else {
      away.add(car.plate());
    }
    String gate = random.nextInt(3) == 0 ? "gate-north" : "gate-south";
    double confidence = 0.93 + random.nextDouble() * 0.06;
    agenda.report(
        Duration.ZERO,
        one.id(),
        gate + (isAway ? "-in" : "-out"),
        plate(
            car,
            car.colour(),
            car.type(),
            car.brand(),
            confidence,
            isAway ? Direction.IN : Direction.OUT));
  }

  private void visitor(Neighbourhood one) {
    String pass = pick(one.passes());
    if (!rested(one.id() + '/' + pass, REST)) {
      return;
    }
    agenda.report(
        Duration.ZERO,
        one.id(),
        "walk-east-in",
        granted(pass, CredentialType.QR, "visitor", Direction.IN));
    passages.enter(
        Duration.ofSeconds(50 + random.nextInt(40)),
        one.id(),
        "b" + (1 + random.nextInt(4)) + "-door",
        pass,
        "visitor");
  }

  private void seen(Neighbourhood one) {
    String camera = random.nextBoolean() ? "face-lobby" : "face-garage";
    boolean stranger = random.nextInt(4) == 0;
    double quality = 0.7 + random.nextDouble() * 0.28;
    Person person = pick(one.people());
    if (!stranger && (away.contains(person.id()) || !rested(person.id(), REST))) {
      return;
    }
    agenda.report(
        Duration.ZERO,
        one.id(),
        camera,
        stranger
            ? face(null, "s" + random.nextInt(100_000), 0.2 + random.nextDouble() * 0.2, quality)
            : face(person.id(), null, 0.88 + random.nextDouble() * 0.1, quality));
  }

  /** In, a few minutes' work, out again; one at a time. */
  private void plantStaff(Neighbourhood one) {
    Person staff = one.specials().plantStaff().get(random.nextInt(2));
    if (!away.add("plant/" + staff.id())) {
      return;
    }
    passages.enter(Duration.ZERO, one.id(), "plant-room", staff.card(), "staff");
    Duration work = Duration.ofSeconds(90 + random.nextInt(240));
    passages.through(work, one.id(), "plant-room", staff.card(), "staff", Direction.OUT);
    agenda.after(work.plusMinutes(5), () -> away.remove("plant/" + staff.id()));
  }

  private void pole(Neighbourhood one) {
    String pole = "pole-" + (1 + random.nextInt(3));
    switch (random.nextInt(3)) {
      case 0 ->
          agenda.report(
              Duration.ZERO,
              one.id(),
              pole,
              measured(SensorReading.Kind.NOISE, tenths(38 + random.nextInt(25)), "dB"));
      case 1 ->
          agenda.report(
              Duration.ZERO,
              one.id(),
              pole,
              measured(SensorReading.Kind.TEMPERATURE, tenths(16 + random.nextInt(8)), "Cel"));
      default ->
          agenda.report(
              Duration.ZERO, one.id(), pole, passers("count-" + tracks++, 1 + random.nextInt(5)));
    }
  }

  /** Whether somebody or something was not seen for so long; if so, it is seen now. */
  private boolean rested(String who, Duration rest) {
    Instant now = clock.instant();
    Instant seen = lastSeen.get(who);
    if (seen != null && seen.plus(rest).isAfter(now)) {
      return false;
    }
    lastSeen.put(who, now);
    return true;
  }

  private double tenths(double whole) {
    return whole + random.nextInt(10) / 10.0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
