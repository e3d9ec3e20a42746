package gatehouse.api.credential;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Forgets what nobody asks for any more: proofs of what is long gone, and keys of old wishes. */
@Component
final class LedgerRetention {

  /** How long a proof that a credential is gone is kept. */
  static final Duration PROOFS = Duration.ofDays(400);

  /** How long the same key is the same wish. */
  static final Duration KEYS = Duration.ofDays(7);

  private final Store store;

  LedgerRetention(@Qualifier("ledger") Store store, Clock clock, Chores chores) {
    this.store = store;
    chores.every(Duration.ofHours(1), "credential-retention", () -> clear(clock.instant()));
  }

  /** Forgets what is old at this time. */
  void clear(Instant now) {
    store.run(
        Scope.NOBODY,
        tx -> {
          tx.update(
                  """
                  delete from ledger.entry
                  where desired is null and sent is null and confirmed is null
                    and state = 'CONFIRMED' and since < :before
                  """)
              .bind("before", now.minus(PROOFS))
              .execute();
          tx.update("delete from ledger.read_request where at < :before")
              .bind("before", now.minus(KEYS))
              .execute();
        });
  }
}
