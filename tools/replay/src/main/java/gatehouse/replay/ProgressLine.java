package gatehouse.replay;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Shows how far a replay is: one line that changes on a terminal, else a line now and then. */
final class ProgressLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final long TERMINAL_NANOS = 250_000_000L;
  private static final long PLAIN_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final ZoneId zone;
  private int total;
  private long begin;
  private long shown;
  private int length;

  ProgressLine(PrintStream out, boolean terminal, ZoneId zone) {
    this.out = out;
    this.terminal = terminal;
    this.zone = zone;
  }

  void begin(int events) {
    total = events;
    begin = System.nanoTime();
    shown = begin;
  }

  void at(int count, Instant time, int alerts) {
    long now = System.nanoTime();
    if (count < total && now - shown < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
      return;
    }
    shown = now;
    double seconds = Math.max(1e-3, (now - begin) / 1e9);
    show(
        String.format(
            Locale.ROOT,
            "  %3d %%  %,d of %,d events  %,.0f a second  event time %s  %d alerts so far",
            (long) count * 100 / total,
            count,
            total,
            count / seconds,
            TIME.format(time.atZone(zone)),
            alerts));
  }

  void waiting() {
    show("  all events are in; waiting until the models have seen them all");
  }

  void end() {
    if (terminal && length > 0) {
      out.println();
    }
    out.flush();
  }

  private void show(String text) {
    if (terminal) {
      out.print('\r' + text + " ".repeat(Math.max(0, length - text.length())));
      length = text.length();
    } else {
      out.println(text);
    }
    out.flush();
  }
}
