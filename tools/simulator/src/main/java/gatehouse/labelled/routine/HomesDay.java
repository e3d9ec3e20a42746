package gatehouse.labelled.routine;

import gatehouse.event.SensorReading;
import gatehouse.labelled.Dice;
import gatehouse.labelled.Settlement;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Elder;
import java.time.Duration;
import java.time.Instant;

/** A day inside: the signs of life of elders at home, and what detectors in kitchens measure. */
final class HomesDay {

  private static final Duration MEASURE_EVERY = Duration.ofMinutes(20);

  /** Detectors report more often while what they measure changes. */
  private static final Duration COOKING_EVERY = Duration.ofMinutes(2);

  private final Settlement settlement;
  private final Agenda agenda;
  private final Whereabouts whereabouts;
  private final Dice dice;

  HomesDay(Settlement settlement, Agenda agenda, Whereabouts whereabouts, Dice dice) {
    this.settlement = settlement;
    this.agenda = agenda;
    this.whereabouts = whereabouts;
    this.dice = dice;
  }

  void plan(Instant midnight) {
    for (Elder elder : settlement.population().elders()) {
      if (!elder.sensors().isEmpty()) {
        moving(elder, midnight);
      }
    }
    settlement.estate().instruments().values().stream()
        .filter(sensor -> sensor.id().startsWith("kitchen-"))
        .sorted(java.util.Comparator.comparing(Instrument::id))
        .forEach(sensor -> kitchen(sensor, midnight));
  }

  /** Moves about by day with naps, and sometimes at night. */
  private void moving(Elder elder, Instant midnight) {
    Instant wake = midnight.plus(Duration.ofSeconds(Math.round(dice.normal(6.3 * 3600, 1500))));
    Instant sleep = midnight.plus(Duration.ofSeconds(Math.round(dice.normal(21.7 * 3600, 1800))));
    Instant night = midnight.plus(dice.seconds(3600, 5 * 3600));
    if (dice.chance(0.7)) {
      motion(elder, night);
    }
    Instant at = wake;
    while (at.isBefore(sleep)) {
      motion(elder, at);
      double gap = dice.chance(0.06) ? dice.between(3600, 2.2 * 3600) : dice.exponential(900);
      at = at.plusSeconds(Math.round(20 + gap));
    }
  }

  /** Only who is at home moves there. */
  private void motion(Elder elder, Instant at) {
    String who = elder.resident().id();
    if (!agenda.paused(who, at) && whereabouts.free(who, at, at.plusSeconds(1))) {
      agenda.add(
          new Act.Measure(
              at,
              settlement.estate().instrument(dice.pick(elder.sensors())),
              SensorReading.Kind.MOTION,
              1,
              "",
              false));
    }
  }

  private void kitchen(Instrument sensor, Instant midnight) {
    double warm = dice.normal(22, 1.5);
    Instant end = midnight.plus(Duration.ofDays(1));
    Instant cooking = midnight.plus(dice.seconds(17 * 3600, 19 * 3600));
    Instant cooked = cooking.plus(dice.seconds(900, 2700));
    double hot = dice.between(3, 9);
    boolean now = false;
    for (Instant at = midnight.plus(dice.seconds(0, 600));
        at.isBefore(end);
        at = at.plus(now ? COOKING_EVERY : MEASURE_EVERY)) {
      now = at.isAfter(cooking.minus(MEASURE_EVERY)) && at.isBefore(cooked);
      if (agenda.paused(sensor.id(), at)) {
        continue;
      }
      double minutes = Duration.between(cooking, at).toSeconds() / 60.0;
      double share = now ? Math.max(0, Math.min(1, minutes / 10)) : 0;
      measure(
          sensor,
          at,
          SensorReading.Kind.TEMPERATURE,
          warm + share * hot + dice.between(-0.5, 0.5),
          "Cel");
      measure(sensor, at, SensorReading.Kind.HUMIDITY, 52 + 8 * share + dice.between(-4, 4), "%");
      measure(
          sensor,
          at,
          SensorReading.Kind.SMOKE,
          Math.max(0, dice.normal(0.1 + 0.6 * share, 0.05 + 0.2 * share)),
          "%/m");
      measure(
          sensor,
          at,
          SensorReading.Kind.CARBON_MONOXIDE,
          Math.max(0, dice.normal(1 + 4 * share, 1)),
          "[ppm]");
    }
  }

  private void measure(
      Instrument sensor, Instant at, SensorReading.Kind kind, double value, String unit) {
    double rounded = Math.round(value * 100) / 100.0;
    agenda.add(new Act.Measure(at, sensor, kind, rounded, unit, false));
  }
}
