package gatehouse.api.identity;

import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Slows down who guesses passwords. Failures are counted for an account from an address, so that
 * nobody can lock somebody else out, and for an address over all accounts. Whether the account
 * exists makes no difference.
 */
@Component
public final class LoginGuard {

  private static final int FREE_FOR_ACCOUNT = 5;
  private static final int FREE_FOR_ADDRESS = 40;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final Store store;
  private final Clock clock;

  LoginGuard(@Qualifier("doors") Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** How long the caller has to wait before the next try; zero if it may try now. */
  public Duration wait(String username, String address) {
    Instant now = clock.instant();
    return store.in(
        Scope.NOBODY,
        tx ->
            tx.query(
                    """
                    select max(blocked_until) from identity.login_failure
                    where key = any (:keys) and blocked_until > :now
                    """)
                .bind("keys", keys(username, address).toArray(String[]::new))
                .bind("now", now)
                .mapTo(Instant.class)
                .findOne()
                .map(until -> Duration.between(now, until))
                .orElse(Duration.ZERO));
  }

  /** Counts a failure. */
  public void failed(String username, String address) {
    Instant now = clock.instant();
    List<String> keys = keys(username, address);
    store.run(
        Scope.NOBODY,
        tx -> {
          tx.update("delete from identity.login_failure where last_at < :forgotten")
              .bind("forgotten", now.minus(FORGOTTEN))
              .execute();
          for (int i = 0; i < keys.size(); i++) {
            int failures =
                tx.query(
                        """
                        insert into identity.login_failure as f values (:key, 1, :now, :now)
                        on conflict (key) do update set failures = f.failures + 1, last_at = :now
                        returning failures
                        """)
                    .bind("key", keys.get(i))
                    .bind("now", now)
                    .mapTo(Integer.class)
                    .one();
            tx.update("update identity.login_failure set blocked_until = :until where key = :key")
                .bind("until", now.plus(delay(failures, i == 0)))
                .bind("key", keys.get(i))
                .execute();
          }
        });
  }

  /** Forgets the failures of the account from this address. */
  public void succeeded(String username, String address) {
    store.run(
        Scope.NOBODY,
        tx ->
            tx.update("delete from identity.login_failure where key = :key")
                .bind("key", keys(username, address).get(0))
                .execute());
  }

  /** One second after the free tries, twice as long after each further one. */
  private static Duration delay(int failures, boolean forAccount) {
    int over = failures - (forAccount ? FREE_FOR_ACCOUNT : FREE_FOR_ADDRESS);
    if (over < 0) {
      return Duration.ZERO;
    }
    Duration delay = Duration.ofSeconds(1L << Math.min(over, 20));
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  /** Hashes, so that the table does not list who tried to be whom. */
  private static List<String> keys(String username, String address) {
    return List.of(
        hash("account|" + username.toLowerCase(Locale.ROOT) + "|" + address),
        hash("address|" + address));
  }

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
