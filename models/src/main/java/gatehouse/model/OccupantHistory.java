package gatehouse.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who was seen in a vehicle, faded, and how likely it is that nobody known is in it.
 *
 * @param known the last occupants, by id
 * @param passes all passes
 * @param seen passes at which somebody was seen in it
 * @param distinct how many different occupants there were
 * @param out passages out
 * @param outByGarage those before which somebody of the unit passed a garage door
 * @param outWithout those at which who is mostly seen in it was elsewhere
 * @param at time to which the numbers are faded
 */
public record OccupantHistory(
    Map<String, Occupant> known,
    double passes,
    double seen,
    double distinct,
    double out,
    double outByGarage,
    double outWithout,
    Instant at) {

  private static final int OCCUPANTS = 16;

  static final OccupantHistory NONE =
      new OccupantHistory(Map.of(), 0, 0, 0, 0, 0, 0, Instant.EPOCH);

  /**
   * Somebody who was seen in it.
   *
   * @param last when last
   * @param times how often, faded
   */
  public record Occupant(Instant last, double times) {}

  OccupantHistory faded(Instant now, Duration halfLife) {
    if (!now.isAfter(at)) {
      return this;
    }
    double kept =
        Math.pow(0.5, Duration.between(at, now).toMillis() / (double) halfLife.toMillis());
    Map<String, Occupant> next = new HashMap<>();
    known.forEach((id, one) -> next.put(id, new Occupant(one.last(), one.times() * kept)));
    return new OccupantHistory(
        Map.copyOf(next),
        passes * kept,
        seen * kept,
        distinct * kept,
        out * kept,
        outByGarage * kept,
        outWithout * kept,
        now);
  }

  /** One more pass; the occupants are known from now on. */
  OccupantHistory plus(List<String> occupants, boolean leaves, boolean byGarage) {
    Map<String, Occupant> next = new HashMap<>(known);
    double fresh = 0;
    for (String occupant : occupants) {
      Occupant before = next.get(occupant);
      fresh += before == null ? 1 : 0;
      next.put(occupant, new Occupant(at, before == null ? 1 : before.times() + 1));
    }
    while (next.size() > OCCUPANTS) {
      next.entrySet().stream()
          .min(
              Comparator.<Map.Entry<String, Occupant>, Instant>comparing(
                      one -> one.getValue().last())
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
        outWithout,
        at);
  }

  /** At the last passage out, who is mostly seen in it was elsewhere. */
  OccupantHistory without() {
    return new OccupantHistory(known, passes, seen, distinct, out, outByGarage, outWithout + 1, at);
  }

  /** Who is mostly seen in it; null: nobody was. */
  @Nullable String usual() {
    return known.entrySet().stream()
        .max(
            Comparator.<Map.Entry<String, Occupant>>comparingDouble(one -> one.getValue().times())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(null);
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
   * Probability that it leaves while who is mostly seen in it is elsewhere: the mean of a beta
   * posterior.
   *
   * @param priorWithout prior passages out without them
   * @param priorWith prior passages out with them
   */
  double withoutUsual(double priorWithout, double priorWith) {
    return (priorWithout + outWithout) / (priorWithout + priorWith + out);
  }

  /**
   * Probability of somebody new, by the Pitman–Yor process: (α + d T) / (n + α) after n passes with
   * T different occupants (J. Pitman, M. Yor, The Annals of Probability 25, 1997).
   */
  double somebodyNew(double alpha, double discount) {
    return Math.min(1, (alpha + discount * distinct) / (seen + alpha));
  }
}
