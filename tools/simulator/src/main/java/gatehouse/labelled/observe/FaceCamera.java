package gatehouse.labelled.observe;

import gatehouse.event.DeviceEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.Origin;
import gatehouse.labelled.Dice;
import gatehouse.labelled.act.Act;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a face checkpoint makes of somebody: missed, not recognised, seldom taken for another. */
final class FaceCamera {

  private static final double MISSED = 0.10;
  private static final double NOT_RECOGNISED = 0.05;
  private static final double TAKEN_FOR_ANOTHER = 1e-4;
  private static final double NEW_ID = 0.38;
  private static final int KNOWN_VISITS = 500;

  private final Dice dice;
  private final List<String> enrolled;
  private final Map<String, String> strangers = new HashMap<>();
  private long number;

  FaceCamera(List<String> enrolled, Dice dice) {
    this.enrolled = enrolled;
    this.dice = dice;
  }

  /** Null: nobody was noticed. */
  @Nullable Function<Origin, DeviceEvent> capture(Act.Show show, double blur) {
    if (dice.chance(MISSED)) {
      return null;
    }
    double quality = rounded(Math.max(0.1, Math.min(0.99, dice.normal(0.82, 0.1) - blur)));
    String person = show.person();
    if (dice.chance(TAKEN_FOR_ANOTHER)) {
      person = dice.pick(enrolled);
    } else if (person != null && dice.chance(NOT_RECOGNISED + (quality < 0.6 ? 0.3 : 0))) {
      person = null;
    }
    String known = person;
    String stranger = known == null ? stranger(show.visit()) : null;
    double similarity =
        rounded(known == null ? dice.between(0.1, 0.45) : Math.min(0.99, dice.normal(0.9, 0.04)));
    return origin ->
        new FaceCapture(origin, known, stranger, similarity, quality, true, show.direction(), null);
  }

  private String stranger(String visit) {
    if (strangers.size() > KNOWN_VISITS) {
      strangers.clear();
    }
    if (dice.chance(NEW_ID)) {
      strangers.remove(visit);
    }
    return strangers.computeIfAbsent(visit, key -> "s" + number++);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
