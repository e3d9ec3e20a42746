package gatehouse.model.gate;

/**
 * How often an object passed one gate with somebody of its household, and how often without.
 *
 * @param place the gate
 * @param with how often with
 * @param without how often without
 */
public record Sightings(String place, double with, double without) {

  /** Beyond this many passages the oldest count half. */
  private static final double MOST = 200;

  /** One more passage. */
  public Sightings plus(boolean accompanied) {
    double keep = with + without >= MOST ? 0.5 : 1;
    return new Sightings(
        place, with * keep + (accompanied ? 1 : 0), without * keep + (accompanied ? 0 : 1));
  }

  /** Of both gates together. */
  public Sightings and(Sightings other) {
    return new Sightings(place, with + other.with, without + other.without);
  }

  /**
   * The expected share of passages without, as the mean of a beta posterior.
   *
   * @param priorWithout prior passages without
   * @param priorWith prior passages with
   */
  public double missShare(double priorWithout, double priorWith) {
    return (priorWithout + without) / (priorWithout + priorWith + with + without);
  }
}
