package gatehouse.stats;

import gatehouse.site.Place;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the way between two places can be made in a time (models-spec T8).
 *
 * <p>The least time is the declared one of the places, and never less than the straight line at top
 * speed; where none is declared, the straight line times a detour. A way is infeasible if the least
 * time, shortened by a factor, still exceeds the time taken by more than the clocks' errors and
 * some slack explain. The factor 0.85 is practice in the search for cloned plates (Li et al.,
 * 2018).
 *
 * @param metresPerSecond top speed
 * @param detour road over straight line where no least time is declared
 * @param factor by which the least time is shortened before it counts
 * @param sigmas how many standard deviations of the two clocks are granted
 * @param slackSeconds what is granted beside
 */
public record TravelTime(
    double metresPerSecond, double detour, double factor, double sigmas, double slackSeconds) {

  /** A place in its community. Ways name places of other communities as community/place. */
  public record Stop(String community, Place place) {

    private @Nullable Duration wayTo(Stop other) {
      String full = other.community + '/' + other.place.id();
      Duration declared = place.ways().get(full);
      return declared == null && community.equals(other.community)
          ? place.ways().get(other.place.id())
          : declared;
    }
  }

  /** Least time between two places in seconds; negative if nothing is known of the way. */
  public double leastSeconds(Stop from, Stop to) {
    if (from.community.equals(to.community) && from.place.id().equals(to.place.id())) {
      return 0;
    }
    Duration way = from.wayTo(to) == null ? to.wayTo(from) : from.wayTo(to);
    double metres =
        from.place.position() == null || to.place.position() == null
            ? -1
            : from.place.position().distanceTo(to.place.position());
    if (way != null) {
      return Math.max(way.toMillis() / 1000.0, metres / metresPerSecond);
    }
    return metres < 0 ? -1 : metres * detour / metresPerSecond;
  }

  /** By how many seconds the shortened least time exceeds the time taken. */
  public double margin(double leastSeconds, double takenSeconds) {
    return leastSeconds * factor - takenSeconds;
  }

  /** Whether such a margin is beyond what clocks with these standard deviations explain. */
  public boolean infeasible(double margin, double sigmaFrom, double sigmaTo) {
    return margin > sigmas * Math.hypot(sigmaFrom, sigmaTo) + slackSeconds;
  }
}
