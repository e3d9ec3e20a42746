package gatehouse.api.audit;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Writes down once a day where every chain of the audit log stands: in the database, and one hash
 * of all in the process's log, which whoever owns the database does not own. Entries that are
 * deleted from the end of a chain, or chains that are written anew, do not fit the anchors.
 */
@Component
final class Anchors {

  private static final Logger log = LoggerFactory.getLogger(Anchors.class);
  private static final Duration DAILY = Duration.ofHours(20);

  private final Store store;

  Anchors(@Qualifier("consumers") Store store, Clock clock, Chores chores) {
    this.store = store;
    chores.every(
        Duration.ofHours(1),
        "audit-anchor",
        () -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          if (isDue(now)) {
            make(now);
          }
        });
  }

  /** Makes an anchor of the log as it is. */
  void make(Instant now) {
    Anchor made =
        store.in(
            Scope.NOBODY,
            tx ->
                tx.query("select id, chains, encode(hash, 'hex') from audit.make_anchor(:now)")
                    .bind("now", now)
                    .map(
                        (row, context) ->
                            new Anchor(row.getLong(1), row.getInt(2), row.getString(3)))
                    .one());
    log.info("Audit anchor {} over {} chains: {}", made.id(), made.chains(), made.hash());
  }

  private record Anchor(long id, int chains, String hash) {}

  private boolean isDue(Instant now) {
    return store.in(
        Scope.NOBODY,
        tx ->
            tx.query("select not exists (select from audit.anchor where at > :since)")
                .bind("since", now.minus(DAILY))
                .mapTo(Boolean.class)
                .one());
  }
}
