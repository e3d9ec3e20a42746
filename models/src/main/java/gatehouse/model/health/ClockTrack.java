package gatehouse.model.health;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a device's clock is ahead, from when its events arrive and from what its own time service
 * reports.
 *
 * <p>Every event that is not buffered arrives some delay after it happened, so its time minus the
 * time of arrival is the clock's offset minus that delay. The offset is read off the fastest
 * deliveries, the {@value #FASTEST} quantile of that difference; how far the median is below it
 * tells how much to trust it. This is the minimum filter of clock synchronisation (V. Paxson, On
 * Calibrating Measurements of Packet Transit Times, SIGMETRICS 1998; the clock filter of RFC 5905,
 * section 10). A reported offset is preferred while the two agree.
 *
 * <p>A clock that steps forward shows at once, for no delivery is faster than none; one that steps
 * back shows only when it lasts, for deliveries may also have become slow.
 *
 * @param samples the newest differences, at most {@value #SAMPLES}, oldest first
 * @param reported the newest reported offsets in seconds, at most {@value #REPORTS}
 * @param steppedAt when the clock last stepped; null: never
 */
public record ClockTrack(List<Sample> samples, List<Double> reported, @Nullable Instant steppedAt) {

  /** Nothing heard yet. */
  public static final ClockTrack NONE = new ClockTrack(List.of(), List.of(), null);

  private static final int SAMPLES = 64;
  private static final int REPORTS = 9;
  private static final int ENOUGH = 20;
  private static final double FASTEST = 0.95;
  private static final int STEP_FORWARD = 3;
  private static final int STEP_BACK = 12;
  private static final Duration STEP_BACK_LASTS = Duration.ofMinutes(10);

  /** More than this is no clock error but an event from a store that does not say so. */
  private static final double ABSURD = Duration.ofDays(1).toSeconds();

  /** No better than this: what stamps and delays of a healthy device differ by. */
  private static final double LEAST_SIGMA = 0.5;

  /** Reported and measured offset agree if they differ by no more than this, in seconds. */
  private static final double AGREE = 2;

  /**
   * One delivery.
   *
   * @param at when it arrived
   * @param ahead seconds by which the event's time is ahead of that
   */
  public record Sample(Instant at, double ahead) {}

  /**
   * What is known of the clock.
   *
   * @param offset seconds it is ahead
   * @param sigma standard deviation of that
   */
  public record Reading(double offset, double sigma) {}

  /**
   * The same after an event.
   *
   * @param jump a step is at least this many seconds
   */
  public ClockTrack after(DeviceEvent event, double jump) {
    ClockTrack next = this;
    if (event instanceof DeviceStatus status && status.clockOffsetMillis() != null) {
      List<Double> reports = new ArrayList<>(reported);
      reports.add(status.clockOffsetMillis() / 1000);
      next =
          new ClockTrack(
              samples,
              List.copyOf(reports.subList(Math.max(0, reports.size() - REPORTS), reports.size())),
              steppedAt);
    }
    Instant arrived = event.origin().receivedAt();
    double ahead = Duration.between(arrived, event.time()).toMillis() / 1000.0;
    boolean tells =
        !event.origin().buffered()
            && event.origin().clock() != ClockQuality.UNKNOWN
            && Math.abs(ahead) < ABSURD;
    return tells ? next.delivered(new Sample(arrived, ahead), jump) : next;
  }

  /** What is known; null if too little is. */
  public @Nullable Reading reading() {
    // After a step little is known of the clock, but that its old offset no longer holds.
    int enough = steppedAt == null ? ENOUGH : STEP_FORWARD;
    Reading measured = samples.size() < enough ? null : measured(samples);
    if (reported.isEmpty()) {
      return measured;
    }
    double report = median(reported.stream());
    double spread = median(reported.stream().map(each -> Math.abs(each - report)));
    boolean agrees =
        measured == null || Math.abs(report - measured.offset()) <= AGREE + measured.sigma();
    return agrees ? new Reading(report, Math.max(LEAST_SIGMA, 1.4826 * spread)) : measured;
  }

  private ClockTrack delivered(Sample sample, double jump) {
    List<Sample> all = new ArrayList<>(samples);
    all.add(sample);
    for (int steps : new int[] {STEP_FORWARD, STEP_BACK}) {
      if (all.size() >= ENOUGH + steps) {
        List<Sample> before = all.subList(0, all.size() - steps);
        List<Sample> after = all.subList(all.size() - steps, all.size());
        double was = measured(before).offset();
        boolean forward = after.stream().allMatch(each -> each.ahead() > was + jump);
        boolean back = steps == STEP_BACK && wentBack(after, was - jump, jump);
        if (forward || back) {
          return new ClockTrack(List.copyOf(after), List.of(), sample.at());
        }
      }
    }
    return new ClockTrack(
        List.copyOf(all.subList(Math.max(0, all.size() - SAMPLES), all.size())),
        reported,
        steppedAt);
  }

  private static boolean wentBack(List<Sample> after, double below, double jump) {
    double most = after.stream().mapToDouble(Sample::ahead).max().orElse(0);
    double least = after.stream().mapToDouble(Sample::ahead).min().orElse(0);
    Duration lasted = Duration.between(after.get(0).at(), after.get(after.size() - 1).at());
    return most < below && most - least < jump && lasted.compareTo(STEP_BACK_LASTS) >= 0;
  }

  private static Reading measured(List<Sample> of) {
    List<Double> sorted = of.stream().map(Sample::ahead).sorted().toList();
    double fastest = sorted.get((int) Math.floor(FASTEST * (sorted.size() - 1)));
    double usual = sorted.get(sorted.size() / 2);
    double least = of.size() < ENOUGH ? AGREE : LEAST_SIGMA;
    return new Reading(fastest, Math.max(least, fastest - usual));
  }

  private static double median(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
