package gatehouse.replay;

import gatehouse.replay.log.BadRow;
import gatehouse.replay.mapping.MappedLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What came of a replay, for people and for programs. */
final class Report {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int BAD_ROWS_SHOWN = 10;
  private static final int WORDS_WIDTH = 100;

  private final ReplayPlan plan;
  private final Outcome outcome;
  private final List<AlertView> alerts;

  Report(ReplayPlan plan, Outcome outcome, Locale language) {
    this.plan = plan;
    this.outcome = outcome;
    Map<String, String> placeNames = plan.placeNames();
    Map<String, String> plates = plan.platesAsLogged();
    this.alerts =
        outcome.alerts().stream()
            .map(alert -> AlertView.of(alert, placeNames, plates, plan.zone(), language))
            .toList();
  }

  /** The numbers of a replay; the fields of {@code summary} in the JSON report. */
  record Summary(
      int rows,
      int ignored,
      int events,
      int published,
      int rejected,
      Map<String, Integer> rejectedByReason,
      int badRowCount,
      List<BadRow> badRows,
      int alerts,
      int retracted,
      @Nullable Instant firstEventTime,
      @Nullable Instant lastEventTime,
      String timeZone,
      String watermarkBound,
      double seconds,
      boolean drained,
      Map<String, Integer> modelFailures,
      List<String> notes) {}

  /** The whole JSON report. */
  record Whole(Summary summary, List<AlertView> alerts) {}

  private Summary summary() {
    MappedLog log = plan.log();
    int standing = (int) alerts.stream().filter(AlertView::stands).count();
    boolean empty = log.events().isEmpty();
    return new Summary(
        log.rows(),
        log.ignored(),
        log.events().size(),
        outcome.published(),
        outcome.rejected(),
        outcome.refusals(),
        log.badRows(),
        log.firstBadRows(),
        standing,
        alerts.size() - standing,
        empty ? null : log.events().get(0).event().time(),
        empty ? null : log.events().get(log.events().size() - 1).event().time(),
        plan.zone().getId(),
        plan.watermarkBound().toString(),
        outcome.seconds(),
        outcome.drained(),
        outcome.modelFailures(),
        plan.notes());
  }

  /** Writes the JSON report. */
  void writeJson(OutputStream out) throws IOException {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    out.write(mapper.writeValueAsBytes(new Whole(summary(), alerts)));
    out.write('\n');
    out.flush();
  }

  /** Prints the alerts, oldest first. */
  void printAlerts(PrintWriter out) {
    List<AlertView> standing = alerts.stream().filter(AlertView::stands).toList();
    out.println();
    if (standing.isEmpty()) {
      out.println("No alert.");
    }
    for (AlertView alert : standing) {
      out.printf(
          "%s  %s  %-17s  %s%n",
          TIME.format(alert.detectedLocalTime()),
          alert.severity(),
          alert.model(),
          alert.placeName());
      out.printf("    %s%s%n", alert.about(), since(alert));
      for (String line : wrapped(alert.summary())) {
        out.printf("    %s%n", line);
      }
      String lines =
          String.join(
              ", ",
              alert.evidence().stream()
                  .filter(piece -> piece.line() > 0)
                  .map(piece -> Integer.toString(piece.line()))
                  .distinct()
                  .toList());
      if (!lines.isEmpty()) {
        out.printf("    lines of the log: %s%n", lines);
      }
    }
    out.println();
    out.flush();
  }

  /** When it began, if that was earlier than it was noticed. */
  private static String since(AlertView alert) {
    return alert.localTime().equals(alert.detectedLocalTime())
        ? ""
        : "; since " + TIME.format(alert.localTime());
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + word.length() > WORDS_WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Prints bad rows, counts, and what is to be known of the result. */
  void printSummary(PrintWriter out) {
    Summary summary = summary();
    printBadRows(out, plan.log());
    out.printf(
        Locale.ROOT,
        "%,d rows: %,d events sent = %,d published + %,d rejected%s; %,d ignored, %,d bad.%n",
        summary.rows(),
        summary.events(),
        summary.published(),
        summary.rejected(),
        summary.rejected() == 0 ? "" : " " + summary.rejectedByReason(),
        summary.ignored(),
        summary.badRowCount());
    if (!outcome.balanced()) {
      out.println("The counts do not add up: some events were neither published nor rejected.");
    }
    if (!outcome.drained()) {
      out.println("The pipeline did not come to the end of the log: alerts may be missing.");
    }
    summary
        .modelFailures()
        .forEach((model, times) -> out.println("A model failed, " + times + " times: " + model));
    out.printf(
        Locale.ROOT,
        "%d alerts, %d retracted. Times are in %s.%n",
        summary.alerts(),
        summary.retracted(),
        summary.timeZone());
    out.flush();
  }

  static void printBadRows(PrintWriter out, MappedLog log) {
    log.firstBadRows().stream()
        .limit(BAD_ROWS_SHOWN)
        .forEach(bad -> out.printf("line %d: %s%n", bad.line(), bad.reason()));
    if (log.badRows() > BAD_ROWS_SHOWN) {
      out.printf("... and %d more bad rows%n", log.badRows() - BAD_ROWS_SHOWN);
    }
  }
}
