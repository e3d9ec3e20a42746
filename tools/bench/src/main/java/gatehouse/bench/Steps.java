package gatehouse.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** Says what is going on, one line a step. */
final class Steps {
  private final PrintWriter out;
  private final String measure;
  private final Instant start = Instant.now();

  Steps(PrintWriter out, String measure) {
    this.out = out;
    this.measure = measure;
  }

  void now(String step) {
    out.printf(
        "  %4d s  %s: %s%n", Duration.between(start, Instant.now()).toSeconds(), measure, step);
    out.flush();
  }
}
