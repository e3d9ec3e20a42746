package gatehouse.model;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A use of a credential, or a registered person seen, together with what is known of the device's
 * clock and of the times in which it saw nothing.
 *
 * @param event the use or capture
 * @param clockOffset how far the device's clock is ahead of true time; zero if it never said
 * @param clockSigma standard deviation of the device's clock after that, in seconds
 * @param watchedSince from when the device's blind times are known
 * @param blind the device's blind times since then, oldest first
 */
public record PassageInContext(
    DeviceEvent event,
    Duration clockOffset,
    double clockSigma,
    Instant watchedSince,
    List<Blind> blind)
    implements DerivedFact {

  /**
   * A time in which a device saw nothing.
   *
   * @param from since when
   * @param to until when; null: it lasts
   */
  public record Blind(Instant from, @Nullable Instant to) {}

  /** People are followed from community to community, so the community is part of it. */
  @Override
  public String id() {
    return event.community() + '/' + event.device() + '/' + event.id();
  }

  @Override
  public String community() {
    return event.community();
  }

  @Override
  public Instant time() {
    return event.time();
  }

  /** When it happened, corrected by what the device's clock is off. */
  Instant trueTime() {
    return event.time().minus(clockOffset);
  }

  /** The share of the time between the two that lies in one of these blind times. */
  static double blindShare(List<Blind> blind, Instant start, Instant end) {
    long all = Duration.between(start, end).toMillis();
    long unseen = 0;
    for (Blind gap : blind) {
      Instant from = gap.from().isAfter(start) ? gap.from() : start;
      Instant to = gap.to() == null || gap.to().isAfter(end) ? end : gap.to();
      unseen += Math.max(0, Duration.between(from, to).toMillis());
    }
    return all <= 0 ? 0 : (double) unseen / all;
  }
}
