package gatehouse.labelled.scenario;

import gatehouse.labelled.CitySettings;
import gatehouse.labelled.Dice;
import java.time.Instant;
import java.util.List;

/** Draws how often, when and how hard each scenario is staged in a community. */
public final class Production {

  private static final int DECOYS_EACH = 3;

  private Production() {}

  /** Stages all scenarios of a community, after the warm-up. */
  public static void stage(List<Scenario> scenarios, Stage.House house, CitySettings settings) {
    Dice dice = house.dice();
    int open = settings.days() - settings.warmUpDays();
    for (Scenario scenario : scenarios) {
      int latest = settings.days() - scenario.days();
      if (latest < settings.warmUpDays()) {
        continue;
      }
      double mean = settings.staged() * scenario.frequency() * open / 7.0;
      int times = dice.poisson(mean);
      for (int i = 0; i < times; i++) {
        Difficulty difficulty = difficulty(dice);
        Instant midnight = settings.dayStart(dice.whole(settings.warmUpDays(), latest));
        scenario.stage(new Stage(house, midnight, name(scenario, house, "", i)), difficulty);
      }
      int decoys = dice.poisson(mean * DECOYS_EACH);
      for (int i = 0; i < decoys; i++) {
        Instant midnight = settings.dayStart(dice.whole(settings.warmUpDays(), latest));
        scenario.decoy(new Stage(house, midnight, name(scenario, house, "-decoy", i)));
      }
    }
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
