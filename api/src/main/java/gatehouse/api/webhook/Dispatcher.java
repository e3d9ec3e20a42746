package gatehouse.api.webhook;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.api.webhook.Delivery.Problem;
import gatehouse.api.webhook.Delivery.State;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Sends what is due: at least once, under the same id. Each webhook has at most one request under
 * way, and one that fails waits on its own; so a receiver that is slow or broken takes one thread
 * for five seconds now and then, and delays no other.
 */
@Component
final class Dispatcher implements DisposableBean {

  /** How long a delivery is tried. */
  static final Duration GIVE_UP = Duration.ofHours(24);

  /** How long a webhook may do nothing but fail. */
  static final Duration PATIENCE = Duration.ofDays(3);

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final int MOST_THREADS = 128;
  private static final Duration CLAIM = Duration.ofMinutes(2);

  private final Store store;
  private final SubscriptionStore subscriptions;
  private final DeliveryStore deliveries;
  private final Outlet outlet;
  private final AuditLog audit;
  private final Clock clock;
  private final Chores chores;
  private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MOST_THREADS,
          MOST_THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> {
            Thread thread = new Thread(work, "webhook");
            thread.setDaemon(true);
            return thread;
          });

  Dispatcher(
      @Qualifier("consumers") Store store,
      SubscriptionStore subscriptions,
      DeliveryStore deliveries,
      Outlet outlet,
      AuditLog audit,
      Clock clock,
      Chores chores) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.outlet = outlet;
    this.audit = audit;
    this.clock = clock;
    this.chores = chores;
    threads.allowCoreThreadTimeOut(true);
    chores.every(Duration.ofMillis(500), "webhooks", this::start);
  }

  private record Claimed(Delivery delivery, Subscription subscription) {}

  private record Outcome(@Nullable Integer status, @Nullable Problem problem) {}

  @Override
  public void destroy() {
    threads.shutdownNow();
  }

  /** Begins to work on each webhook for which something is due and nothing is under way. */
  private void start() {
    Instant now = now();
    for (UUID due : store.in(Scope.NOBODY, tx -> deliveries.due(tx, now))) {
      if (busy.add(due)) {
        threads.execute(
            () -> {
              try {
                work(due);
              } catch (RuntimeException e) {
                if (chores.goOn()) {
                  log.warn("A webhook waits ({})", e.getClass().getSimpleName());
                }
              } finally {
                busy.remove(due);
              }
            });
      }
    }
  }

  private void work(UUID subscription) {
    boolean goesOn = true;
    while (goesOn && chores.goOn()) {
      Optional<Claimed> claimed = claim(subscription);
      goesOn = claimed.isPresent() && attempt(claimed.get());
    }
  }

  private Optional<Claimed> claim(UUID subscription) {
    Instant now = now();
    return store.in(
        Scope.NOBODY,
        tx ->
            deliveries
                .claim(tx, subscription, now, now.plus(CLAIM))
                .flatMap(
                    delivery ->
                        subscriptions
                            .find(tx, subscription)
                            .map(found -> new Claimed(delivery, found))));
  }

  /**
   * Sends a delivery once, and notes how it went.
   *
   * @return whether it was taken
   */
  private boolean attempt(Claimed claimed) {
    Outcome outcome = send(claimed);
    Instant now = now();
    store.run(Scope.NOBODY, tx -> settle(tx, claimed, outcome, now));
    return outcome.problem() == null;
  }

  private Outcome send(Claimed claimed) {
    Delivery delivery = claimed.delivery();
    Instant now = now();
    long timestamp = now.getEpochSecond();
    String id = delivery.id().toString();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(timestamp));
    headers.put(
        "webhook-signature",
        WebhookSecret.signatures(
            secrets(claimed.subscription(), now), id, timestamp, delivery.payload()));
    try {
      int status = outlet.send(claimed.subscription().url(), headers, delivery.payload());
      if (status >= 200 && status < 300) {
        return new Outcome(status, null);
      }
      return new Outcome(status, status >= 300 && status < 400 ? Problem.REDIRECT : Problem.STATUS);
    } catch (IOException e) {
      return new Outcome(null, problem(e));
    }
  }

  private static Problem problem(IOException failure) {
    if (failure instanceof ForbiddenAddressException) {
      return Problem.ADDRESS;
    }
    if (failure instanceof SocketTimeoutException) {
      return Problem.TIMEOUT;
    }
    return failure instanceof SSLException ? Problem.TLS : Problem.CONNECTION;
  }

  private static List<WebhookSecret> secrets(Subscription subscription, Instant now) {
    List<WebhookSecret> secrets = new ArrayList<>();
    secrets.add(subscription.secret());
    WebhookSecret previous = subscription.previousSecret();
    Instant until = subscription.previousUntil();
    if (previous != null && until != null && now.isBefore(until)) {
      secrets.add(previous);
    }
    return secrets;
  }

  private void settle(Transaction tx, Claimed claimed, Outcome outcome, Instant now) {
    Delivery delivery = claimed.delivery();
    UUID subscription = claimed.subscription().id();
    if (outcome.problem() == null) {
      deliveries.settle(tx, delivery.id(), State.DELIVERED, outcome.status(), null, now, now);
      subscriptions.worked(tx, subscription);
      return;
    }
    Instant next = now.plus(Backoff.after(delivery.tries() + 1, ThreadLocalRandom.current()));
    deliveries.settle(
        tx,
        delivery.id(),
        next.isBefore(delivery.giveUpAt()) ? State.WAITING : State.FAILED,
        outcome.status(),
        outcome.problem(),
        now,
        next);
    if (subscriptions.failed(tx, subscription, now, now.minus(PATIENCE))) {
      log.warn("Webhook {} is disabled: it failed for three days", subscription);
      audit(tx, claimed.subscription(), outcome.problem());
    }
  }

  private void audit(Transaction tx, Subscription subscription, Problem problem) {
    for (String community : subscription.communities()) {
      audit.append(
          tx,
          new AuditLog.Entry(
              community,
              "gatehouse",
              subscription.audience(),
              "",
              "webhook.disable",
              "webhook " + subscription.id(),
              "DONE",
              problem.name()));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
