package gatehouse.api.identity;

import gatehouse.api.http.Refusal;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Slows down who guesses passwords and codes. Failures with a password are counted for an account
 * from an address, so that nobody can lock somebody else out, and for an address over all accounts.
 * Whether the account exists makes no difference.
 */
@Component
public final class LoginGuard {

  private static final int FREE_FOR_ACCOUNT = 5;
  private static final int FREE_FOR_ADDRESS = 40;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final Store store;
  private final Clock clock;

  LoginGuard(@Qualifier("identities") Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Something that failures are counted for, and how many of them cost nothing. */
  public record Count(String key, int free) {}

  /** What failures with a password count for; the first is forgotten when one succeeds. */
  static List<Count> password(String username, String address) {
    return List.of(
        new Count(
            hash("account|" + username.toLowerCase(Locale.ROOT) + "|" + address), FREE_FOR_ACCOUNT),
        new Count(hash("address|" + address), FREE_FOR_ADDRESS));
  }

  /**
   * What failures with a code count for: the account, from wherever. Only whoever has the password
   * comes this far, so no stranger can lock its owner out.
   */
  public static List<Count> code(UUID account) {
    return List.of(new Count(hash("code|" + account), FREE_FOR_ACCOUNT));
  }

  /**
   * Lets a try through.
   *
   * @throws Refusal if the caller has to wait
   */
  public void admit(List<Count> counts) {
    Instant now = clock.instant();
    Instant until =
        store.in(
            Scope.NOBODY,
            tx ->
                tx.query(
                        """
                        select max(blocked_until) from identity.login_failure
                        where key = any (:keys) and blocked_until > :now
                        """)
                    .bind("keys", counts.stream().map(Count::key).toArray(String[]::new))
                    .bind("now", now)
                    .mapTo(Instant.class)
                    .findOne()
                    .orElse(now));
    if (until.isAfter(now)) {
      throw Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "log-in-blocked")
          .after(Duration.between(now, until).plusSeconds(1));
    }
  }

  /** Counts a failure. */
  public void failed(List<Count> counts) {
    Instant now = clock.instant();
    store.run(
        Scope.NOBODY,
        tx -> {
          tx.update("delete from identity.login_failure where last_at < :forgotten")
              .bind("forgotten", now.minus(FORGOTTEN))
              .execute();
          counts.forEach(count -> add(tx, count, now));
        });
  }

  private static void add(Transaction tx, Count count, Instant now) {
    int failures =
        tx.query(
                """
                insert into identity.login_failure as f values (:key, 1, :now, :now)
                on conflict (key) do update set failures = f.failures + 1, last_at = :now
                returning failures
                """)
            .bind("key", count.key())
            .bind("now", now)
            .mapTo(Integer.class)
            .one();
    tx.update("update identity.login_failure set blocked_until = :until where key = :key")
        .bind("until", now.plus(delay(failures - count.free())))
        .bind("key", count.key())
        .execute();
  }

  /** Forgets the failures of the first. */
  public void succeeded(List<Count> counts) {
    store.run(
        Scope.NOBODY,
        tx ->
            tx.update("delete from identity.login_failure where key = :key")
                .bind("key", counts.get(0).key())
                .execute());
  }

  /** One second after the free tries, twice as long after each further one. */
  private static Duration delay(int over) {
    if (over < 0) {
      return Duration.ZERO;
    }
    Duration delay = Duration.ofSeconds(1L << Math.min(over, 20));
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  /** Hashes, so that the table does not list who tried to be whom. */
  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
