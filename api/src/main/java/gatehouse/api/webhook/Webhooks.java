package gatehouse.api.webhook;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What the owners of webhooks do with them. */
@Component
final class Webhooks {

  private static final int MOST = 10;
  private static final Duration OVERLAP = Duration.ofHours(24);

  private final Store store;
  private final SubscriptionStore subscriptions;
  private final DeliveryStore deliveries;
  private final WebhookPayload payload;
  private final AuditLog audit;
  private final SecureRandom random = new SecureRandom();

  Webhooks(
      @Qualifier("requests") Store store,
      SubscriptionStore subscriptions,
      DeliveryStore deliveries,
      WebhookPayload payload,
      AuditLog audit) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.payload = payload;
    this.audit = audit;
  }

  /** Who acts, from where, and when. */
  record Caller(Account account, String address, Instant now) {}

  /** What is wanted, and where. */
  record Wish(List<String> communities, List<String> types, List<String> models, String url) {}

  /** A webhook, and its secret if it was made just now. */
  record Made(Subscription subscription, @Nullable WebhookSecret secret) {}

  List<Subscription> list(Account account) {
    return store.in(account.scope(), subscriptions::list);
  }

  Subscription find(Account account, UUID id) {
    return store.in(
        account.scope(), tx -> subscriptions.find(tx, id).orElseThrow(Refusal::notFound));
  }

  /**
   * Makes a webhook or changes it.
   *
   * @param ifMatch needed to change what exists
   */
  Made put(Caller caller, UUID id, Wish wish, @Nullable String ifMatch) {
    Account account = caller.account();
    if (!wish.communities().stream().allMatch(account::sees)) {
      throw Refusal.notFound();
    }
    return store.in(
        account.scope(),
        tx -> {
          Subscription before = subscriptions.hold(tx, id).orElse(null);
          if (before == null) {
            return make(tx, caller, id, wish);
          }
          Subscription after = changed(before, wish);
          if (!wish.equals(wish(before))) {
            Precondition.ifMatch(ifMatch).check(before.etag());
            subscriptions.change(tx, after);
            audit(tx, caller, after, "webhook.change");
          }
          return new Made(subscriptions.find(tx, id).orElseThrow(Refusal::notFound), null);
        });
  }

  void delete(Caller caller, UUID id) {
    with(
        caller,
        id,
        (tx, one) -> {
          subscriptions.delete(tx, id);
          audit(tx, caller, one, "webhook.delete");
          return one;
        });
  }

  /** Makes a new secret; the one before is good for a day longer. */
  Made rotate(Caller caller, UUID id) {
    return with(
        caller,
        id,
        (tx, one) -> {
          WebhookSecret secret = WebhookSecret.make(random);
          subscriptions.rotate(tx, id, secret, caller.now().plus(OVERLAP));
          audit(tx, caller, one, "webhook.rotate");
          return new Made(subscriptions.find(tx, id).orElseThrow(Refusal::notFound), secret);
        });
  }

  /** Takes a webhook into use again that was disabled. */
  Subscription enable(Caller caller, UUID id) {
    return with(
        caller,
        id,
        (tx, one) -> {
          subscriptions.enable(tx, id);
          audit(tx, caller, one, "webhook.enable");
          return subscriptions.find(tx, id).orElseThrow(Refusal::notFound);
        });
  }

  /** Sends a test; asked for again under the same key it is the same one. */
  Delivery test(Caller caller, UUID id, String key) {
    UUID delivery =
        UUID.nameUUIDFromBytes(("test/" + id + "/" + key).getBytes(StandardCharsets.UTF_8));
    return with(
        caller,
        id,
        (tx, one) -> {
          requireEnabled(one);
          deliveries.add(
              tx,
              delivery,
              id,
              null,
              EventType.TEST,
              payload.test(caller.now()),
              caller.now(),
              caller.now().plus(Dispatcher.GIVE_UP));
          return deliveries.find(tx, id, delivery).orElseThrow(Refusal::notFound);
        });
  }

  /** Sends a delivery again, under its own id. */
  Delivery replay(Caller caller, UUID id, UUID delivery) {
    return with(
        caller,
        id,
        (tx, one) -> {
          Delivery found = deliveries.find(tx, id, delivery).orElseThrow(Refusal::notFound);
          requireEnabled(one);
          deliveries.replay(tx, found.id(), caller.now(), caller.now().plus(Dispatcher.GIVE_UP));
          audit(tx, caller, one, "webhook.replay");
          return deliveries.find(tx, id, delivery).orElseThrow(Refusal::notFound);
        });
  }

  List<Delivery> deliveries(
      Account account, UUID id, @Nullable Instant before, @Nullable UUID beforeId, int most) {
    return store.in(
        account.scope(),
        tx ->
            deliveries.list(
                tx,
                subscriptions.find(tx, id).orElseThrow(Refusal::notFound).id(),
                before,
                beforeId,
                most));
  }

  private <T> T with(Caller caller, UUID id, BiFunction<Transaction, Subscription, T> work) {
    return store.in(
        caller.account().scope(),
        tx -> work.apply(tx, subscriptions.hold(tx, id).orElseThrow(Refusal::notFound)));
  }

  private Made make(Transaction tx, Caller caller, UUID id, Wish wish) {
    Account account = caller.account();
    if (subscriptions.countOf(tx, account.id()) >= MOST) {
      throw Refusal.of(HttpStatus.CONFLICT, "too-many-webhooks");
    }
    WebhookSecret secret = WebhookSecret.make(random);
    Subscription one =
        new Subscription(
            id,
            1,
            account.role().name(),
            wish.communities(),
            wish.types(),
            wish.models(),
            wish.url(),
            secret,
            null,
            null,
            caller.now(),
            null,
            null);
    if (!subscriptions.add(tx, one, account.id())) {
      throw Refusal.of(HttpStatus.CONFLICT, "webhook-id-used");
    }
    audit(tx, caller, one, "webhook.make");
    return new Made(one, secret);
  }

  private static Subscription changed(Subscription before, Wish wish) {
    return new Subscription(
        before.id(),
        before.version(),
        before.audience(),
        wish.communities(),
        wish.types(),
        wish.models(),
        wish.url(),
        before.secret(),
        before.previousSecret(),
        before.previousUntil(),
        before.createdAt(),
        before.failingSince(),
        before.disabledAt());
  }

  private static Wish wish(Subscription one) {
    return new Wish(one.communities(), one.types(), one.models(), one.url());
  }

  private static void requireEnabled(Subscription one) {
    if (one.disabledAt() != null) {
      throw Refusal.of(HttpStatus.CONFLICT, "webhook-disabled");
    }
  }

  private void audit(Transaction tx, Caller caller, Subscription about, String action) {
    for (String community : about.communities()) {
      audit.append(
          tx,
          new AuditLog.Entry(
              community,
              caller.account().username(),
              caller.account().role().name(),
              caller.address(),
              action,
              "webhook " + about.id(),
              "DONE",
              ""));
    }
  }
}
