package gatehouse.model;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who was seen in a vehicle, faded, and how likely it is that nobody known is in it.
 *
 * @param known the last occupants, by id
 * @param passes all passes
 * @param seen passes at which somebody was seen in it
 * @param distinct how many different occupants there were
 * @param out passages out
 * @param outByGarage those before which somebody of the unit passed a garage door
 * @param at time to which the numbers are faded
 */
public record OccupantHistory(
    Map<String, Instant> known,
    double passes,
    double seen,
    double distinct,
    double out,
    double outByGarage,
    Instant at) {

  private static final int OCCUPANTS = 16;

  static final OccupantHistory NONE = new OccupantHistory(Map.of(), 0, 0, 0, 0, 0, Instant.EPOCH);

  OccupantHistory faded(Instant now, Duration halfLife) {
    if (!now.isAfter(at)) {
      return this;
    }
    double kept =
        Math.pow(0.5, Duration.between(at, now).toMillis() / (double) halfLife.toMillis());
    return new OccupantHistory(
        known, passes * kept, seen * kept, distinct * kept, out * kept, outByGarage * kept, now);
  }

  /** One more pass; the occupants are known from now on. */
  OccupantHistory plus(List<String> occupants, boolean leaves, boolean byGarage) {
    Map<String, Instant> next = new HashMap<>(known);
    double fresh = 0;
    for (String occupant : occupants) {
      fresh += next.put(occupant, at) == null ? 1 : 0;
    }
    while (next.size() > OCCUPANTS) {
      next.entrySet().stream()
          .min(
              Map.Entry.<String, Instant>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey()))
          .ifPresent(oldest -> next.remove(oldest.getKey()));
    }
    return new OccupantHistory(
        Map.copyOf(next),
        passes + 1,
        seen + (occupants.isEmpty() ? 0 : 1),
        distinct + fresh,
        out + (leaves ? 1 : 0),
        outByGarage + (leaves && byGarage ? 1 : 0),
        at);
  }

  boolean knowsAnyOf(List<String> occupants) {
    return occupants.stream().anyMatch(known::containsKey);
  }

  /** The share of passes at which somebody was seen in the vehicle. */
  double coverage() {
    return passes <= 0 ? 0 : seen / passes;
  }

  /** The share of passages out before which the unit was seen at a garage door. */
  double garageShare() {
    return out <= 0 ? 0 : outByGarage / out;
  }

  /**
   * Probability of somebody new, by the Pitman–Yor process: (α + d T) / (n + α) after n passes with
   * T different occupants (J. Pitman, M. Yor, The Annals of Probability 25, 1997).
   */
  double somebodyNew(double alpha, double discount) {
    return Math.min(1, (alpha + discount * distinct) / (seen + alpha));
  }
}
