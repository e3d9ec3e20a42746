package gatehouse.score.real;

import gatehouse.alert.Alert;
import gatehouse.analysis.Replay;
import gatehouse.fact.Fact;
import gatehouse.model.FlowAnomaly;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Flow-anomaly over counts with known spans in which something was on, causally: it learns as it
 * goes. An alert is of a span if the two overlap; all others are false alarms, those of the
 * learning week too. What happened in that week cannot be found.
 */
final class FlowTrial {

  private FlowTrial() {}

  /**
   * When something was on, tolerance included.
   *
   * @param from inclusive
   * @param to inclusive
   */
  record Span(Instant from, Instant to) {

    boolean overlaps(Alert alert) {
      Instant closed = alert.closedAt() == null ? alert.lastEventTime() : alert.closedAt();
      return !alert.firstEventTime().isAfter(to) && closed.isAfter(from);
    }
  }

  /**
   * What came of it.
   *
   * @param found spans with an alert
   * @param of all spans
   * @param falseAlarmsPerWeek alerts of no span
   * @param flagged share of all time with an alert
   */
  record Score(long found, long of, double falseAlarmsPerWeek, double flagged) {

    String inWords() {
      return String.format(
          Locale.ROOT,
          "%d of %d, %.2f false alarms a week, %.1f %% of the time flagged",
          found,
          of,
          falseAlarmsPerWeek,
          100 * flagged);
    }
  }

  /**
   * Replays counts.
   *
   * @param from where they begin
   * @param end where they end
   */
  static Score score(List<Fact> counts, List<Span> spans, Instant from, Instant end) {
    List<Alert> alerts =
        Replay.of(FlowAnomaly.entry()).run(counts, end).alerts().stream()
            .filter(alert -> alert.episode().endsWith("/up"))
            .toList();
    long found = spans.stream().filter(span -> alerts.stream().anyMatch(span::overlaps)).count();
    long wrong =
        alerts.stream()
            .filter(alert -> spans.stream().noneMatch(span -> span.overlaps(alert)))
            .count();
    double all = Duration.between(from, end).toMinutes();
    double weeks = all / Duration.ofDays(7).toMinutes();
    double flagged = 0;
    for (Alert alert : alerts) {
      Instant closed = alert.closedAt() == null ? end : alert.closedAt();
      flagged += Duration.between(alert.firstEventTime(), closed).toMinutes();
    }
    return new Score(found, spans.size(), wrong / weeks, flagged / all);
  }
}
