package gatehouse.model.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a device reports that it is alive, learned from the gaps between its reports.
 *
 * @param lastBeat the newest report
 * @param gaps the newest gaps in milliseconds, at most {@value #GAPS}, oldest first
 */
public record Rhythm(@Nullable Instant lastBeat, List<Long> gaps) {

  /** Nothing heard yet. */
  public static final Rhythm NONE = new Rhythm(null, List.of());

  private static final int GAPS = 16;

  /** Three of four gaps of a heartbeat are at most this many times the median. */
  private static final double REGULAR = 1.5;

  /** The same after a report. */
  public Rhythm beat(Instant at) {
    if (lastBeat == null || !at.isAfter(lastBeat)) {
      return new Rhythm(lastBeat == null ? at : lastBeat, gaps);
    }
    List<Long> next = new ArrayList<>(gaps);
    next.add(Duration.between(lastBeat, at).toMillis());
    if (next.size() > GAPS) {
      next.remove(0);
    }
    return new Rhythm(at, List.copyOf(next));
  }

  /** The usual gap: the median; null if too little is known, or there is no rhythm. */
  public @Nullable Duration interval(int learnt) {
    if (gaps.size() < learnt) {
      return null;
    }
    List<Long> sorted = gaps.stream().sorted().toList();
    long median = sorted.get(sorted.size() / 2);
    long most = sorted.get(sorted.size() * 3 / 4);
    return most <= median * REGULAR ? Duration.ofMillis(median) : null;
  }
}
