package gatehouse.model;

import gatehouse.alert.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a device's clock is off, as device-health measured it.
 *
 * @param device the device
 * @param ahead seconds it is ahead
 * @param sigma standard deviation of that
 */
public record MeasuredClock(String device, double ahead, double sigma) {

  static MeasuredClock of(DeviceHealth health) {
    return new MeasuredClock(
        health.device(),
        health.clockOffset().toMillis() / 1000.0,
        health.clockSigma().toMillis() / 1000.0);
  }

  /** The clocks with what was measured now; the one measured longest ago falls out. */
  public static List<MeasuredClock> with(
      List<MeasuredClock> clocks, DeviceHealth health, int limit) {
    List<MeasuredClock> next = new ArrayList<>(clocks);
    next.removeIf(clock -> clock.device().equals(health.device()));
    next.add(of(health));
    return List.copyOf(next.subList(Math.max(0, next.size() - limit), next.size()));
  }

  /**
   * Whether one event certainly happened before another, by clocks that were measured. Events of
   * one device keep their order, and where a clock was not measured nothing speaks against it.
   */
  static boolean inOrder(
      List<MeasuredClock> clocks, Evidence first, Evidence second, double sigmas) {
    MeasuredClock one = find(clocks, first.device());
    MeasuredClock other = find(clocks, second.device());
    if (one == null || other == null || first.device().equals(second.device())) {
      return true;
    }
    double apart =
        (second.time().toEpochMilli() - first.time().toEpochMilli()) / 1000.0
            - (other.ahead() - one.ahead());
    return apart > sigmas * Math.hypot(one.sigma(), other.sigma());
  }

  private static @Nullable MeasuredClock find(List<MeasuredClock> clocks, String device) {
    return clocks.stream().filter(clock -> clock.device().equals(device)).findFirst().orElse(null);
  }
}
