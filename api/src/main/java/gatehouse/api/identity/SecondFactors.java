package gatehouse.api.identity;

import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Second factors of accounts: an app that makes one-time codes, and recovery codes for whoever has
 * lost it. Each code is taken once.
 */
@Component
final class SecondFactors {

  /** How long a new seed waits for its first code. */
  private static final Duration ENROLMENT = Duration.ofMinutes(10);

  private static final int RECOVERY_CODES = 10;
  private static final int RECOVERY_BYTES = 10;

  private final Store store;
  private final FieldCipher cipher;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  SecondFactors(@Qualifier("identities") Store store, FieldCipher cipher, Clock clock) {
    this.store = store;
    this.cipher = cipher;
    this.clock = clock;
  }

  /** Begins an enrolment; the one that is there goes on until the new one is confirmed. */
  String begin(Account account) {
    byte[] bytes = new byte[Totp.SEED_BYTES];
    random.nextBytes(bytes);
    String seed = Base32.encode(bytes);
    store.run(
        account.scope(),
        tx ->
            tx.update(
                    """
                    insert into identity.second_factor (account, next_seed, next_at)
                    values (:account, :seed, :now)
                    on conflict (account) do update set next_seed = :seed, next_at = :now
                    """)
                .bind("account", account.id())
                .bind("seed", cipher.seal(FieldClass.SECRET, owner(account.id()), seed))
                .bind("now", clock.instant())
                .execute());
    return seed;
  }

  /**
   * Ends an enrolment.
   *
   * @return new recovery codes, to be shown once; empty if the code is wrong or came too late
   */
  Optional<List<String>> confirm(Account account, String code) {
    Instant now = clock.instant();
    return store.in(
        account.scope(),
        tx -> {
          Optional<byte[]> next =
              tx.query(
                      """
                      select next_seed from identity.second_factor
                      where account = :account and next_at > :since and next_seed is not null
                      for update
                      """)
                  .bind("account", account.id())
                  .bind("since", now.minus(ENROLMENT))
                  .mapTo(byte[].class)
                  .findOne();
          OptionalLong step = match(account.id(), next, code, now);
          if (step.isEmpty()) {
            return Optional.empty();
          }
          tx.update(
                  """
                  update identity.second_factor set seed = next_seed, next_seed = null,
                    next_at = null, last_step = :step, confirmed_at = :now
                  where account = :account
                  """)
              .bind("account", account.id())
              .bind("step", step.getAsLong())
              .bind("now", now)
              .execute();
          return Optional.of(newRecoveryCodes(tx, account.id()));
        });
  }

  /** Takes a code of the app, or a recovery code; each once. */
  boolean take(Account account, String code) {
    Instant now = clock.instant();
    return store.in(
        account.scope(),
        tx -> takeOfApp(tx, account.id(), code, now) || takeRecovery(tx, account.id(), code, now));
  }

  private boolean takeOfApp(Transaction tx, UUID account, String code, Instant now) {
    Optional<byte[]> seed =
        tx.query(
                """
                select seed from identity.second_factor
                where account = :account and confirmed_at is not null for update
                """)
            .bind("account", account)
            .mapTo(byte[].class)
            .findOne();
    OptionalLong step = match(account, seed, code, now);
    return step.isPresent()
        && tx.update(
                    """
                    update identity.second_factor set last_step = :step
                    where account = :account and last_step < :step
                    """)
                .bind("step", step.getAsLong())
                .bind("account", account)
                .execute()
            == 1;
  }

  private boolean takeRecovery(Transaction tx, UUID account, String code, Instant now) {
    return tx.update(
                """
                update identity.recovery_code set used_at = :now
                where account = :account and hash = :hash and used_at is null
                """)
            .bind("now", now)
            .bind("account", account)
            .bind("hash", hash(account, code))
            .execute()
        == 1;
  }

  private List<String> newRecoveryCodes(Transaction tx, UUID account) {
    tx.update("delete from identity.recovery_code where account = :account")
        .bind("account", account)
        .execute();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < RECOVERY_CODES; i++) {
      byte[] bytes = new byte[RECOVERY_BYTES];
      random.nextBytes(bytes);
      String code = Base32.encode(bytes).toLowerCase(Locale.ROOT).replaceAll("(.{4})(?=.)", "$1-");
      tx.update("insert into identity.recovery_code (account, hash) values (:account, :hash)")
          .bind("account", account)
          .bind("hash", hash(account, code))
          .execute();
      codes.add(code);
    }
    return codes;
  }

  private byte[] hash(UUID account, String code) {
    String plain = code.toUpperCase(Locale.ROOT).replace("-", "").replace(" ", "");
    return cipher.token(FieldClass.SECRET, "recovery/" + account, plain);
  }

  private OptionalLong match(UUID account, Optional<byte[]> sealed, String code, Instant now) {
    return sealed.isEmpty()
        ? OptionalLong.empty()
        : Totp.match(open(account, sealed.get()), code, now);
  }

  private byte[] open(UUID account, byte[] sealed) {
    return Base32.decode(cipher.open(FieldClass.SECRET, owner(account), sealed));
  }

  private static String owner(UUID account) {
    return "second-factor/" + account;
  }
}
