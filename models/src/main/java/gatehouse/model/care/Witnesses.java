package gatehouse.model.care;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which devices give an elder's signs of life, and how many each.
 *
 * <p>If signs come at random and each falls to a device by its share, those of the devices that see
 * come that much more seldom, and a silence of them tells that much less.
 *
 * @param devices what each gave, at most {@value #MOST}
 * @param asOf time to which the counts are decayed
 */
public record Witnesses(List<Witness> devices, Instant asOf) {

  private static final int MOST = 32;

  /**
   * A device.
   *
   * @param device its id
   * @param signs signs of life it gave, decayed
   * @param wayOut whether it has seen the elder leave
   */
  public record Witness(String device, double signs, boolean wayOut) {}

  /** Nothing was seen yet. */
  public static Witnesses startingAt(Instant now) {
    return new Witnesses(List.of(), now);
  }

  /** One more sign of life; the device that gave least is forgotten if they are too many. */
  public Witnesses heard(String device, boolean leaving, Instant at, Duration halfLife) {
    double kept =
        at.isAfter(asOf)
            ? Math.pow(0.5, Duration.between(asOf, at).toMillis() / (double) halfLife.toMillis())
            : 1;
    List<Witness> next = new ArrayList<>();
    Witness one = new Witness(device, 1, leaving);
    for (Witness known : devices) {
      if (known.device().equals(device)) {
        one = new Witness(device, known.signs() * kept + 1, leaving || known.wayOut());
      } else {
        next.add(new Witness(known.device(), known.signs() * kept, known.wayOut()));
      }
    }
    if (next.size() >= MOST) {
      next.sort(Comparator.comparingDouble(Witness::signs));
      next.remove(0);
    }
    next.add(one);
    return new Witnesses(List.copyOf(next), at.isAfter(asOf) ? at : asOf);
  }

  /** The share of the signs that the other devices give; 0 if none is known and one is blind. */
  public double shareWithout(Predicate<String> blind) {
    double all = 0;
    double seen = 0;
    for (Witness witness : devices) {
      all += witness.signs();
      seen += blind.test(witness.device()) ? 0 : witness.signs();
    }
    return all > 0 ? seen / all : 0;
  }

  /** Whether the device has seen the elder leave. */
  public boolean wayOut(String device) {
    return devices.stream().anyMatch(known -> known.wayOut() && known.device().equals(device));
  }
}
