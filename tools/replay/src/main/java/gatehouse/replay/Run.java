package gatehouse.replay;

import gatehouse.alert.Alert;
import gatehouse.event.DeviceEvent;
import gatehouse.replay.mapping.LoggedEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Plays a plan into a pipeline and waits until the last alert has come out. */
final class Run implements Outlet.Arrivals {

  /** So often the connection is looked at while nothing moves. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final Duration READY_LIMIT = Duration.ofMinutes(5);
  private static final Duration STUCK_LIMIT = Duration.ofMinutes(5);
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);

  private final ReplayPlan plan;
  private final Pipeline pipeline;
  private final double speed;
  private final ProgressLine progressLine;
  private final List<LoggedEvent> events;
  private final InFlight inFlight;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final BitSet refused = new BitSet();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private volatile long lastTick;

  /**
   * A run.
   *
   * @param speed how many times faster than it happened; 0: as fast as possible
   */
  Run(ReplayPlan plan, Pipeline pipeline, double speed, ProgressLine progressLine) {
    this.plan = plan;
    this.pipeline = pipeline;
    this.speed = speed;
    this.progressLine = progressLine;
    this.events = plan.log().events();
    this.inFlight = new InFlight(index -> events.get(index).event().time(), plan.disorder());
    for (int i = 0; i < events.size(); i++) {
      indexes.put(events.get(i).event().id(), i);
    }
  }

  /**
   * Plays it.
   *
   * @throws IOException if the pipeline does not take the events or loses some
   */
  Outcome play() throws IOException, InterruptedException {
    Facts.publish(pipeline.kafkaBootstrap(), plan.facts(), plan.settings());
    try (Outlet outlet = new Outlet(pipeline.kafkaBootstrap(), this).start();
        Gateway gateway = Gateway.connect(pipeline)) {
      long ticks = awaitReady(gateway, outlet);
      long begin = System.nanoTime();
      progressLine.begin(events.size());
      publish(gateway, outlet);
      awaitArrivals(gateway, outlet);
      double seconds = (System.nanoTime() - begin) / 1e9;
      progressLine.waiting();
      boolean drained = drain(gateway, outlet, ticks);
      progressLine.end();
      return outcome(outlet, seconds, drained);
    }
  }

  /** The intake learns of devices by the facts; the clock's report comes through once it did. */
  private long awaitReady(Gateway gateway, Outlet outlet) throws IOException, InterruptedException {
    Instant before = events.get(0).event().time().minus(plan.watermarkBound());
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    long tick = 0;
    while (lastTick == 0) {
      outlet.check();
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "The intake takes no event, "
                + READY_LIMIT.toSeconds()
                + " s after the start; it gave these reasons: "
                + outlet.refusals());
      }
      tick++;
      gateway.publish(plan.tick(tick, before));
      for (int i = 0; i < 10 && lastTick == 0; i++) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    return tick;
  }

  private void publish(Gateway gateway, Outlet outlet) throws IOException, InterruptedException {
    Pace pace = new Pace(speed, events.get(0).event().time());
    for (int i = 0; i < events.size(); i++) {
      DeviceEvent event = events.get(i).event();
      pace.await(event.time());
      long stuckAt = System.nanoTime() + STUCK_LIMIT.toNanos();
      while (!inFlight.awaitTurn(i, LOOK)) {
        sendWhatWasLost(gateway, outlet, i, stuckAt);
      }
      gateway.publish(event);
      progressLine.at(i + 1, event.time(), outlet.alertCount());
    }
  }

  private void awaitArrivals(Gateway gateway, Outlet outlet)
      throws IOException, InterruptedException {
    int seen = -1;
    long stuckAt = 0;
    while (!inFlight.awaitAll(events.size(), LOOK)) {
      if (inFlight.count() != seen) {
        seen = inFlight.count();
        stuckAt = System.nanoTime() + STUCK_LIMIT.toNanos();
      }
      sendWhatWasLost(gateway, outlet, events.size(), stuckAt);
    }
  }

  private void sendWhatWasLost(Gateway gateway, Outlet outlet, int end, long stuckAt)
      throws IOException, InterruptedException {
    outlet.check();
    if (System.nanoTime() > stuckAt) {
      throw new IOException(
          "The event of line "
              + events.get(inFlight.oldest()).line()
              + " was sent and never came out of the intake.");
    }
    if (gateway.hasLost()) {
      for (int i = inFlight.oldest(); i < end; i++) {
        if (!inFlight.has(i)) {
          gateway.publish(events.get(i).event());
        }
      }
    }
  }

  /** Lets event time go on past everything that a model may wait for. */
  private boolean drain(Gateway gateway, Outlet outlet, long ticks)
      throws IOException, InterruptedException {
    Instant end = events.get(events.size() - 1).event().time().plus(ReplayPlan.HORIZON);
    Instant tick = end.plus(plan.watermarkBound()).plusSeconds(1);
    long number = ticks;
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    boolean reached = false;
    while (!reached) {
      outlet.check();
      number++;
      gateway.publish(plan.tick(number, tick));
      for (int i = 0; i < 100 && !reached; i++) {
        TimeUnit.MILLISECONDS.sleep(50);
        reached = outlet.hasReached(end);
      }
      if (!reached && System.nanoTime() > deadline) {
        return false;
      }
    }
    // The job's alerts are in Kafka before it reports its progress.
    outlet.awaitAllAlerts();
    return true;
  }

  private Outcome outcome(Outlet outlet, double seconds, boolean drained) {
    List<Alert> alerts = outlet.alerts();
    alerts.sort(Comparator.comparing(Alert::firstEventTime).thenComparing(Alert::id));
    int rejected;
    Map<String, Integer> reasons;
    synchronized (refused) {
      rejected = refused.cardinality();
      reasons = new TreeMap<>(refusals);
    }
    return new Outcome(
        events.size(),
        inFlight.count() - rejected,
        rejected,
        reasons,
        outlet.modelFailures(),
        drained,
        alerts,
        seconds);
  }

  @Override
  public void accepted(String eventId) {
    Integer index = indexes.get(eventId);
    if (index != null) {
      inFlight.arrived(index);
    } else if (eventId.startsWith("tick-")) {
      lastTick = Long.parseLong(eventId.substring("tick-".length()));
    }
  }

  @Override
  public void refused(String eventId, String reason) {
    Integer index = indexes.get(eventId);
    if (index != null && !inFlight.has(index)) {
      synchronized (refused) {
        refused.set(index);
        refusals.merge(reason, 1, Integer::sum);
      }
      inFlight.arrived(index);
    }
  }
}
