package gatehouse.launcher.command;

import java.io.IOException;

/**
 * The intake's counters at one moment. Series of one name are summed, whatever their labels.
 *
 * @param text in Prometheus's text format
 */
record Metrics(String text) {
  /** Reads them from a running intake. */
  static Metrics read(String address) throws IOException {
    return new Metrics(HttpText.get("http://" + address + "/metrics"));
  }

  long sum(String name) {
    return Math.round(
        text.lines()
            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum());
  }

  /** Received = published + rejected + duplicates + returned to the broker + in flight. */
  Check balance() {
    long received = sum("gatehouse_ingest_received_total");
    long published = sum("gatehouse_ingest_published_total");
    long rejected = sum("gatehouse_ingest_rejected_total");
    long duplicates = sum("gatehouse_ingest_duplicate_total");
    long returned = sum("gatehouse_ingest_returned_total");
    long inFlight = sum("gatehouse_ingest_in_flight");
    long difference = received - published - rejected - duplicates - returned - inFlight;
    String found =
        "%d received = %d published + %d rejected + %d duplicate + %d returned + %d in flight"
            .formatted(received, published, rejected, duplicates, returned, inFlight);
    return difference == 0
        ? Check.good("intake balance", found)
        : Check.bad("intake balance", found + ": off by " + difference);
  }
}
