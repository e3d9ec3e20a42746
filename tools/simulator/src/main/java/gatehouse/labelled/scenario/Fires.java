package gatehouse.labelled.scenario;

import gatehouse.event.SensorReading.Kind;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A kitchen burns, at once, slowly, or while somebody cooks; burnt food and steam do not burn. */
final class Fires implements Scenario {

  private static final String MODEL = "fire-anomaly";
  private static final Duration REPORTS = Duration.ofSeconds(10);
  private static final Duration ROOM_AIRED = Duration.ofMinutes(30);

  /** At which smoke or heat the detector itself raises the alarm. */
  private static final double ALARM_SMOKE = 9;

  private static final double ALARM_HEAT = 57;

  @Override
  public String id() {
    return "S21-fire";
  }

  /**
   * What a room does a minute.
   *
   * @param heat degrees
   * @param smoke obscuration, percent a metre
   * @param gas carbon monoxide, ppm
   */
  private record Growth(double heat, double smoke, double gas) {}

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    List<Instrument> kitchens = kitchens(stage);
    Instant at =
        switch (difficulty) {
          case EASY, MEDIUM -> stage.between(0.5, 16);
          case HARD -> stage.between(17.2, 18.8);
        };
    if (kitchens.isEmpty()) {
      return false;
    }
    Instrument kitchen = stage.dice().pick(kitchens);
    if (!stage.cast(kitchen.id() + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Growth growth =
        switch (difficulty) {
          case EASY -> new Growth(stage.dice().between(12, 30), 5, 40);
          case MEDIUM -> new Growth(0.4, 0.28, stage.dice().between(3, 7));
          case HARD -> new Growth(stage.dice().between(9, 16), 2.5, 20);
        };
    Instant end =
        at.plus(
            difficulty == Difficulty.MEDIUM
                ? stage.dice().seconds(2700, 4200)
                : stage.dice().seconds(480, 1200));
    boolean cooks = difficulty == Difficulty.HARD;
    Instant first = cooks ? at.minus(Duration.ofMinutes(12)) : at;
    stage.agenda().pause(kitchen.id(), first, end.plus(ROOM_AIRED));
    double warm = stage.dice().normal(22, 1.5);
    if (cooks) {
      for (Instant now = first; now.isBefore(at); now = now.plusSeconds(60)) {
        double share = Math.min(1, Duration.between(first, now).toSeconds() / 500.0);
        measure(stage, kitchen, now, warm + 6 * share, 0.1 + 0.6 * share, 1 + 4 * share);
      }
    }
    double heatBase = warm + (cooks ? 6 : 0);
    double smokeBase = cooks ? 0.7 : 0.1;
    for (Instant now = at; now.isBefore(end); now = now.plus(REPORTS)) {
      double minutes = Duration.between(at, now).toSeconds() / 60.0;
      measure(
          stage,
          kitchen,
          now,
          Math.min(heatBase + minutes * growth.heat(), 320),
          Math.min(smokeBase + minutes * growth.smoke(), 40),
          Math.min(1 + minutes * growth.gas(), 900));
    }
    measure(stage, kitchen, end.plus(ROOM_AIRED).minusSeconds(30), warm + 3, 0.4, 3);
    stage
        .label(id(), difficulty, MODEL)
        .about(kitchen.place())
        .in(kitchen.place(), kitchen.id())
        .from(at, at.plusSeconds(difficulty == Difficulty.MEDIUM ? 300 : 30), end);
    return true;
  }

  /** Something burns in the pan, without flame; or a pot steams. */
  @Override
  public boolean decoy(Stage stage) {
    List<Instrument> kitchens = kitchens(stage);
    if (kitchens.isEmpty()) {
      return false;
    }
    double hour =
        switch (stage.dice().weighted(40, 40, 20)) {
          case 0 -> stage.dice().between(11, 12.8);
          case 1 -> stage.dice().between(17, 19.6);
          default -> stage.dice().between(7, 21);
        };
    Instant at = stage.between(hour, hour + 0.1);
    Instrument kitchen = stage.dice().pick(kitchens);
    if (!stage.cast(kitchen.id() + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant end = at.plus(stage.dice().seconds(420, 900));
    stage.agenda().pause(kitchen.id(), at, end.plusSeconds(300));
    double warm = stage.dice().normal(23, 1.5);
    boolean steam = stage.dice().chance(0.5);
    double smoke = steam ? stage.dice().between(1, 3) : stage.dice().between(2.5, 5);
    double length = Duration.between(at, end).toSeconds();
    for (Instant now = at; now.isBefore(end); now = now.plus(REPORTS.multipliedBy(2))) {
      double share = Math.sin(Math.PI * Duration.between(at, now).toSeconds() / length);
      double gas = steam ? stage.dice().between(0, 2) : 2 + 7 * share;
      measure(stage, kitchen, now, warm + (steam ? 3 : 8) * share, 0.2 + smoke * share, gas);
      if (steam) {
        reading(stage, kitchen, now, Kind.HUMIDITY, 55 + 40 * share, "%", false);
      }
    }
    stage.innocent(id(), MODEL).in(kitchen.place(), kitchen.id()).from(at, end);
    return true;
  }

  private static List<Instrument> kitchens(Stage stage) {
    return stage.settlement().estate().instruments().values().stream()
        .filter(sensor -> sensor.id().startsWith("kitchen-"))
        .sorted(Comparator.comparing(Instrument::id))
        .toList();
  }

  private static void measure(
      Stage stage, Instrument kitchen, Instant at, double heat, double smoke, double gas) {
    double seen = Math.max(0, smoke + stage.dice().normal(0, 0.04 + 0.05 * smoke));
    double felt = heat + stage.dice().normal(0, 0.3);
    reading(stage, kitchen, at, Kind.TEMPERATURE, felt, "Cel", felt >= ALARM_HEAT);
    reading(stage, kitchen, at, Kind.SMOKE, seen, "%/m", seen >= ALARM_SMOKE);
    reading(
        stage,
        kitchen,
        at,
        Kind.CARBON_MONOXIDE,
        Math.max(0, gas + stage.dice().normal(0, 1)),
        "[ppm]",
        false);
  }

  private static void reading(
      Stage stage,
      Instrument kitchen,
      Instant at,
      Kind kind,
      double value,
      String unit,
      boolean alarm) {
    stage.act(new Act.Measure(at, kitchen, kind, Math.round(value * 100) / 100.0, unit, alarm));
  }
}
