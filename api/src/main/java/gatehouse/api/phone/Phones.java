package gatehouse.api.phone;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Entry;
import gatehouse.registry.PhoneBinding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Binds phones to accounts. A first phone holds at once. A further one holds after a day, so that
 * whoever has stolen a password is seen before a door opens, or when a phone that holds has
 * confirmed it. Ending the first one does not make the next one the first.
 */
@Component
public final class Phones {

  private static final Duration WAIT = Duration.ofDays(1);
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final int MOST = 5;

  private final Store store;
  private final PhoneStore phones;
  private final Registry registry;
  private final AuditLog audit;
  private final Clock clock;

  Phones(
      @Qualifier("doors") Store store,
      PhoneStore phones,
      Registry registry,
      AuditLog audit,
      Clock clock) {
    this.store = store;
    this.phones = phones;
    this.registry = registry;
    this.audit = audit;
    this.clock = clock;
  }

  List<PhoneStore.Row> list(Account account) {
    return store.in(account.scope(), tx -> phones.list(tx, account.id()));
  }

  /** The account's phone of this key, if it is bound. */
  Optional<PhoneStore.Row> bound(Account account, PhoneKey key) {
    return list(account).stream().filter(row -> row.key().equals(key)).findFirst();
  }

  /**
   * Binds a phone.
   *
   * @throws Refusal if its key is bound already, or the account has too many phones
   */
  PhoneStore.Row bind(Account account, PhoneKey key, String name, String address) {
    return store.in(
        account.scope(),
        tx -> {
          phones.serialise(tx, account.id());
          Instant now = now();
          if (phones.list(tx, account.id()).size() >= MOST) {
            throw Refusal.of(HttpStatus.CONFLICT, "too-many-phones");
          }
          boolean further = phones.hasHadOne(tx, account.id(), now.minus(WAIT));
          Instant holdsFrom = further ? now.plus(WAIT) : now;
          PhoneStore.Row row =
              phones
                  .insert(tx, account.id(), name, key, now, holdsFrom)
                  .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, "phone-key-used"));
          register(tx, account, row.id(), now, holdsFrom, null);
          record(tx, account, address, "phone.bind", row.id().toString(), "DONE");
          return row;
        });
  }

  /**
   * Has a phone that waits hold at once.
   *
   * @param header the signature of a phone that holds
   * @throws Refusal if there is no such phone, or the signature is not one of another that holds
   */
  PhoneStore.Row confirm(Account account, UUID id, @Nullable String header, String address) {
    PhoneStore.Row waiting =
        store
            .in(account.scope(), tx -> phones.find(tx, account.id(), id))
            .orElseThrow(Refusal::notFound);
    signer(account, header, "phone.confirm", address, "confirm", id.toString());
    return store.in(
        account.scope(),
        tx -> {
          phones.serialise(tx, account.id());
          PhoneStore.Row row = phones.find(tx, account.id(), id).orElseThrow(Refusal::notFound);
          Instant now = now();
          if (row.holds(now)) {
            return row;
          }
          phones.confirm(tx, id, now);
          register(tx, account, id, now, now, null);
          record(tx, account, address, "phone.confirm", id.toString(), "DONE");
          return new PhoneStore.Row(id, waiting.name(), waiting.key(), waiting.boundAt(), now);
        });
  }

  /** Ends a binding. */
  void end(Account account, UUID id, String address) {
    store.run(
        account.scope(),
        tx -> {
          phones.serialise(tx, account.id());
          PhoneStore.Row row = phones.find(tx, account.id(), id).orElseThrow(Refusal::notFound);
          Instant now = now();
          phones.end(tx, id, now);
          register(tx, account, id, now, row.holds(now) ? row.holdsFrom() : now, now);
          record(tx, account, address, "phone.end", id.toString(), "DONE");
        });
  }

  /**
   * The phone that has signed a wish to open a door.
   *
   * @param header the header {@code Phone-Signature} of the request
   * @param key the request's Idempotency-Key: the same signature is the same wish
   * @param door the door, as the request names it
   * @return id of the phone
   * @throws Refusal if no phone of the account that holds has signed this within the last minute
   */
  public String opening(
      Account account, @Nullable String header, String key, String door, String address) {
    return signer(account, header, "door.open", address, "open", key, door);
  }

  private String signer(
      Account account,
      @Nullable String header,
      String action,
      String address,
      String deed,
      String... about) {
    if (header == null) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "phone-signature-missing");
    }
    Instant now = now();
    return PhoneSignature.parse(header)
        .filter(signature -> isRecent(signature.time(), now))
        .filter(signature -> isOf(account, signature, signature.text(deed, about), now))
        .map(signature -> signature.phone().toString())
        .orElseThrow(
            () -> {
              store.run(
                  Scope.NOBODY,
                  tx -> record(tx, account, address, action, about[about.length - 1], "DENIED"));
              return Refusal.of(HttpStatus.FORBIDDEN, "phone-signature-refused");
            });
  }

  private boolean isOf(Account account, PhoneSignature signature, String text, Instant now) {
    return store
        .in(account.scope(), tx -> phones.find(tx, account.id(), signature.phone()))
        .filter(row -> row.holds(now))
        .filter(row -> signature.isOf(row.key(), text))
        .isPresent();
  }

  private static boolean isRecent(Instant time, Instant now) {
    return Duration.between(time, now).abs().compareTo(WINDOW) <= 0;
  }

  /** The models of each community of the account judge what the phone asks for. */
  private void register(
      Transaction tx,
      Account account,
      UUID phone,
      Instant recordedAt,
      Instant from,
      @Nullable Instant to) {
    for (String community : account.communities()) {
      if (!community.equals(Scope.EVERYWHERE)) {
        registry.record(
            tx,
            new PhoneBinding(
                new Entry(UUID.randomUUID().toString(), community, recordedAt, from, to),
                phone.toString(),
                account.id().toString()),
            account.id().toString());
      }
    }
  }

  private void record(
      Transaction tx,
      Account account,
      String address,
      String action,
      String object,
      String outcome) {
    audit.append(
        tx,
        new AuditLog.Entry(
            AuditLog.ORGANISATION,
            account.username(),
            account.role().name(),
            address,
            action,
            object,
            outcome,
            outcome.equals("DENIED") ? "PHONE_SIGNATURE" : ""));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
