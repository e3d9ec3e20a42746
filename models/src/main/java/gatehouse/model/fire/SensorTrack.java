package gatehouse.model.fire;

import gatehouse.alert.Evidence;
import gatehouse.event.SensorReading;
import gatehouse.event.SensorReading.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sensor: its background, which it is judged against, and how it went in the last minutes.
 *
 * <p>Mean and variance of the background are exponentially weighted by time; until {@code learnt}
 * readings are known, each counts the same. A reading far off its background pulls at it only as
 * much as three standard deviations do, and one in alarm not at all, so that a fire does not become
 * the background while slow drift (dust) does.
 *
 * @param device the sensor's device
 * @param kind what it measures
 * @param mean mean of the background
 * @param variance variance of the background
 * @param known readings learned from, counted up to {@code learnt}
 * @param value the newest reading
 * @param aboveSince since when it has been far above its background; null: it is not
 * @param alarm whether the device was in alarm at its newest reading
 * @param last the newest reading, as evidence
 * @param recent readings of the last minutes, at least {@value #SPACING_SECONDS} s apart
 */
public record SensorTrack(
    String device,
    Kind kind,
    double mean,
    double variance,
    int known,
    double value,
    @Nullable Instant aboveSince,
    boolean alarm,
    Evidence last,
    List<Sample> recent) {

  private static final int SPACING_SECONDS = 5;
  private static final double CLIP = 3;

  /** No single reading changes the background by more than this share. */
  private static final double MOST = 0.05;

  /**
   * One reading.
   *
   * @param at when
   * @param value what was measured
   */
  public record Sample(Instant at, double value) {}

  /**
   * How a sensor is judged.
   *
   * @param halfLife after this time a reading counts half in the background
   * @param learnt readings before the background is used
   * @param noise least standard deviation of the background
   * @param farAbove standard deviations that are far above it
   * @param window readings this old tell the rate
   */
  public record Judging(
      Duration halfLife, int learnt, double noise, double farAbove, Duration window) {}

  /** The sensor after its first reading. */
  public static SensorTrack first(SensorReading reading, Evidence evidence) {
    double value = value(reading);
    return new SensorTrack(
        reading.device(),
        reading.kind(),
        value,
        0,
        1,
        value,
        null,
        reading.alarm(),
        evidence,
        List.of(new Sample(reading.time(), value)));
  }

  /** The sensor after its next reading. */
  public SensorTrack next(SensorReading reading, Evidence evidence, Judging judging) {
    double now = value(reading);
    boolean above = deviation(now, judging) >= judging.farAbove();
    double pulled = known < judging.learnt() ? now : clipped(now, judging);
    double weight = reading.alarm() ? 0 : weight(reading.time(), judging);
    double off = pulled - mean;
    return new SensorTrack(
        device,
        kind,
        mean + weight * off,
        (1 - weight) * (variance + weight * off * off),
        reading.alarm() ? known : Math.min(judging.learnt(), known + 1),
        now,
        above ? (aboveSince == null ? reading.time() : aboveSince) : null,
        reading.alarm(),
        evidence,
        recent(reading.time(), now, judging));
  }

  /** When it was read last. */
  public Instant at() {
    return last.time();
  }

  /** Standard deviations above its background; 0 while that is not known. */
  public double deviation(Judging judging) {
    return deviation(value, judging);
  }

  /** Whether its background is known. */
  public boolean knows(Judging judging) {
    return known >= judging.learnt();
  }

  /**
   * How fast it rises, a minute: the least-squares slope over the window, if the readings span most
   * of it and rise in both halves of it; else 0. A single step is no rise.
   */
  public double risePerMinute(Judging judging) {
    int count = recent.size();
    if (count < 2) {
      return 0;
    }
    Instant start = recent.get(0).at();
    double span = seconds(start, recent.get(count - 1).at());
    if (span < 0.75 * judging.window().toSeconds()) {
      return 0;
    }
    double meanAt = recent.stream().mapToDouble(s -> seconds(start, s.at())).average().orElse(0);
    double meanValue = recent.stream().mapToDouble(Sample::value).average().orElse(0);
    double covariance = 0;
    double spread = 0;
    for (Sample sample : recent) {
      double at = seconds(start, sample.at()) - meanAt;
      covariance += at * (sample.value() - meanValue);
      spread += at * at;
    }
    return risesThroughout() ? covariance / spread * 60 : 0;
  }

  private boolean risesThroughout() {
    int count = recent.size();
    double first = recent.get(0).value();
    double middle = recent.get(count / 2).value();
    double end = recent.get(count - 1).value();
    double quarter = (end - first) / 4;
    return quarter > 0 && (count < 4 || (middle - first >= quarter && end - middle >= quarter));
  }

  private double deviation(double of, Judging judging) {
    return knows(judging) ? (of - mean) / deviationOfBackground(judging) : 0;
  }

  private double deviationOfBackground(Judging judging) {
    return Math.max(Math.sqrt(variance), judging.noise());
  }

  private double clipped(double now, Judging judging) {
    double most = CLIP * deviationOfBackground(judging);
    return Math.max(mean - most, Math.min(mean + most, now));
  }

  private double weight(Instant now, Judging judging) {
    if (known < judging.learnt()) {
      return 1.0 / (known + 1);
    }
    double halves = seconds(at(), now) * 1000 / judging.halfLife().toMillis();
    return Math.min(MOST, 1 - Math.pow(0.5, Math.max(0, halves)));
  }

  private List<Sample> recent(Instant now, double latest, Judging judging) {
    List<Sample> kept = new ArrayList<>();
    // Half a window more, so that a sensor that reports once a window has two readings in it.
    Instant from = now.minus(judging.window().multipliedBy(3).dividedBy(2));
    for (Sample sample : recent) {
      if (!sample.at().isBefore(from)) {
        kept.add(sample);
      }
    }
    boolean crowded =
        kept.size() > 1
            && seconds(kept.get(kept.size() - 2).at(), kept.get(kept.size() - 1).at())
                < SPACING_SECONDS;
    if (crowded) {
      kept.remove(kept.size() - 1);
    }
    kept.add(new Sample(now, latest));
    return List.copyOf(kept);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  /** Smoke in percent a metre, whichever of the two customary units is sent. */
  private static double value(SensorReading reading) {
    return reading.kind() == Kind.SMOKE && reading.unit().equals("dB/m")
        ? 100 * (1 - Math.pow(10, -reading.value() / 10))
        : reading.value();
  }
}
