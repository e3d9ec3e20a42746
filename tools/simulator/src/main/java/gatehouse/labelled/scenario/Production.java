package gatehouse.labelled.scenario;

import gatehouse.labelled.CitySettings;
import gatehouse.labelled.Dice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws how often, when and how hard each scenario is staged in a community. */
public final class Production {

  private static final int DECOYS_EACH = 3;

  private Production() {}

  /** Stages all scenarios of a community, after the warm-up. */
  public static void stage(List<Scenario> scenarios, Stage.House house, CitySettings settings) {
    Dice dice = house.dice();
    int number = 0;
    for (Scenario scenario : scenarios) {
      for (Instant midnight : days(scenario, 1, settings, dice)) {
        Difficulty difficulty = difficulty(dice);
        scenario.stage(new Stage(house, midnight, name(scenario, house, "", number++)), difficulty);
      }
    }
    // What only looks like something takes the cast that is left.
    number = 0;
    for (Scenario scenario : scenarios) {
      for (Instant midnight : days(scenario, DECOYS_EACH, settings, dice)) {
        scenario.decoy(new Stage(house, midnight, name(scenario, house, "-decoy", number++)));
      }
    }
  }

  /** On which days it is staged; empty: there is no room for it. */
  private static List<Instant> days(
      Scenario scenario, int times, CitySettings settings, Dice dice) {
    int open = settings.days() - settings.warmUpDays();
    int earliest = Math.max(settings.warmUpDays(), scenario.daysBefore());
    int latest = settings.days() - scenario.days();
    List<Instant> days = new ArrayList<>();
    if (latest >= earliest) {
      int count = dice.poisson(times * settings.staged() * scenario.frequency() * open / 7.0);
      for (int i = 0; i < count; i++) {
        days.add(settings.dayStart(dice.whole(earliest, latest)));
      }
    }
    return days;
  }

  private static Difficulty difficulty(Dice dice) {
    return switch (dice.weighted(30, 40, 30)) {
      case 0 -> Difficulty.EASY;
      case 1 -> Difficulty.MEDIUM;
      default -> Difficulty.HARD;
    };
  }

  private static String name(Scenario scenario, Stage.House house, String kind, int number) {
    return scenario.id() + kind + '-' + house.settlement().id() + '-' + number;
  }
}
