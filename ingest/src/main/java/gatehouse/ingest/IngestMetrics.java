package gatehouse.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What the intake tells Prometheus. The counters of one scrape are those of one moment, so that
 * {@code gatehouse_ingest_balance} is zero also while messages fly. No label holds what a device
 * sent.
 */
final class IngestMetrics {

  private static final String PREFIX = "gatehouse.ingest.";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Ledger ledger;
  private final Timer decoding;
  private final Timer acknowledging;
  private final DistributionSummary skew;
  private final Counter skipped;
  private final Counter impersonations;
  private final Map<String, Counter> stripped = new ConcurrentHashMap<>();
  private final Map<String, Counter> drift = new ConcurrentHashMap<>();
  private volatile Ledger.Balance moment;

  IngestMetrics(Ledger ledger) {
    this.ledger = ledger;
    this.moment = ledger.balance();
    counter("received", "Messages that came.", Ledger.Balance::received);
    counter("published", "Events that Kafka has.", Ledger.Balance::published);
    counter("duplicate", "Messages that had been published before.", Ledger.Balance::duplicates);
    counter("returned", "Messages left to the broker to bring again.", Ledger.Balance::returned);
    for (Rejection reason : Rejection.values()) {
      FunctionCounter.builder(PREFIX + "rejected", this, self -> self.moment.rejected(reason))
          .description("Messages refused, by reason.")
          .tag("reason", reason.name())
          .register(registry);
    }
    gauge("in.flight", "Messages in hand.", balance -> balance.inFlight());
    gauge(
        "balance",
        "received - published - rejected - duplicate - returned - in flight; must be 0.",
        Ledger.Balance::difference);
    this.decoding = stage("decode", "From the size check to the event.");
    this.acknowledging = stage("publish", "From the event to Kafka's acknowledgement.");
    this.skew =
        DistributionSummary.builder(PREFIX + "clock.skew.seconds")
            .description("How far the clocks of live events are off.")
            .serviceLevelObjectives(1, 5, 30, 120, 3600)
            .register(registry);
    this.skipped =
        Counter.builder(PREFIX + "unknown.fields")
            .description("Fields that no event has, dropped.")
            .register(registry);
    this.impersonations =
        Counter.builder(PREFIX + "impersonations")
            .description("Messages that claim another device than their topic's: look into it.")
            .register(registry);
    SensitiveFields.declared().forEach(this::strippedCounter);
  }

  /** Adds what is only known once everything is there. */
  <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
    Gauge.builder(PREFIX + name, source, value).description(description).register(registry);
  }

  /** Adds a counter that somebody else keeps. */
  <T> void count(String name, String description, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder(PREFIX + name, source, value)
        .description(description)
        .register(registry);
  }

  void decoded(long nanos) {
    decoding.record(nanos, TimeUnit.NANOSECONDS);
  }

  void acknowledged(long nanos) {
    acknowledging.record(nanos, TimeUnit.NANOSECONDS);
  }

  void skew(Duration off) {
    skew.record(off.toMillis() / 1000.0);
  }

  void skippedField() {
    skipped.increment();
  }

  void strippedField(String sensitive) {
    strippedCounter(sensitive).increment();
  }

  void impersonated() {
    impersonations.increment();
  }

  /** A message of a device of this kind is JSON, but not as agreed: maybe a new firmware. */
  void drifted(String deviceKind) {
    drift
        .computeIfAbsent(
            deviceKind,
            kind ->
                Counter.builder(PREFIX + "schema.drift")
                    .description("Messages in JSON but not of the schema, by kind of device.")
                    .tag("kind", kind)
                    .register(registry))
        .increment();
  }

  /** Everything, in Prometheus' text format. */
  synchronized String scrape() {
    moment = ledger.balance();
    return registry.scrape();
  }

  private Counter strippedCounter(String sensitive) {
    return stripped.computeIfAbsent(
        sensitive,
        name ->
            Counter.builder(PREFIX + "stripped.fields")
                .description("Sensitive fields that devices sent, dropped.")
                .tag("field", name)
                .register(registry));
  }

  private void counter(String name, String description, ToLongFunction<Ledger.Balance> value) {
    FunctionCounter.builder(PREFIX + name, this, self -> value.applyAsLong(self.moment))
        .description(description)
        .register(registry);
  }

  private void gauge(String name, String description, ToLongFunction<Ledger.Balance> value) {
    gauge(name, description, this, self -> value.applyAsLong(self.moment));
  }

  private Timer stage(String name, String description) {
    return Timer.builder(PREFIX + "stage")
        .description(description)
        .tag("stage", name)
        .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100))
        .register((MeterRegistry) registry);
  }
}
