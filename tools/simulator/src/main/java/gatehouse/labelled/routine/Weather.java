package gatehouse.labelled.routine;

import gatehouse.labelled.Dice;
import java.time.Duration;

/**
 * What all people of a day have in common: how much they like to go out, and by how much the
 * morning is late. Counts at doors are over-dispersed because of it.
 */
final class Weather {

  private static final double HALF_HOUR_SHAPE = 3.5;
  private static final double DAY_SHAPE = 15;

  private final double day;
  private final double[] halfHours = new double[48];
  private final Duration shift;

  Weather(Dice dice) {
    day = dice.gamma(DAY_SHAPE);
    for (int i = 0; i < halfHours.length; i++) {
      halfHours[i] = dice.gamma(HALF_HOUR_SHAPE);
    }
    shift = Duration.ofSeconds(Math.round(dice.normal(0, 240)));
  }

  /** How likely an outing of one's own choice is, against the mean of 1. */
  double mood(Duration timeOfDay) {
    int half = (int) Math.floorMod(timeOfDay.toMinutes() / 30, 48L);
    return day * halfHours[half];
  }

  /** By how much everybody is late. */
  Duration shift() {
    return shift;
  }
}
