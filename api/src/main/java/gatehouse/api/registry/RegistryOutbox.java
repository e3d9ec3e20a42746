package gatehouse.api.registry;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Lock;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Publishes what was recorded, in order. One instance at a time: it holds a lock while it does. A
 * version that is published again, because the mark was lost with a crash, has the same id and says
 * the same, so that nobody counts it twice.
 */
@Component
final class RegistryOutbox {

  private static final Logger log = LoggerFactory.getLogger(RegistryOutbox.class);
  private static final int AT_ONCE = 500;

  private final Store store;
  private final FactPublisher publisher;
  private final Clock clock;

  RegistryOutbox(
      @Qualifier("consumers") Store store, FactPublisher publisher, Clock clock, Chores chores) {
    this.store = store;
    this.publisher = publisher;
    this.clock = clock;
    chores.every(
        Duration.ofMillis(250),
        "registry-outbox",
        () -> {
          while (chores.goOn() && publish() > 0) {
            // as long as there are any
          }
        });
  }

  private record Waiting(long seq, @Nullable Fact fact) {}

  /**
   * Publishes what waits.
   *
   * @return how many versions there were
   */
  int publish() {
    return store.in(
        Scope.NOBODY,
        tx -> {
          if (!tx.tryHold(Lock.REGISTRY_OUTBOX)) {
            return 0;
          }
          // A number that is given out commits late sometimes: an earlier one may still come. Only
          // versions of the same thing must keep their order, and who records those waits for it.
          List<Waiting> waiting =
              tx.query(
                      """
                      select seq, detail from site.registry_entry where published_at is null
                      order by seq limit :most
                      """)
                  .bind("most", AT_ONCE)
                  .map(
                      (row, context) ->
                          new Waiting(
                              row.getLong("seq"),
                              read(row.getLong("seq"), row.getString("detail"))))
                  .list();
          if (!waiting.isEmpty()) {
            publisher.publish(
                waiting.stream().map(Waiting::fact).filter(Objects::nonNull).toList());
            tx.update("update site.registry_entry set published_at = :now where seq = any (:seqs)")
                .bind("now", clock.instant())
                .bind("seqs", waiting.stream().map(Waiting::seq).toArray(Long[]::new))
                .execute();
          }
          return waiting.size();
        });
  }

  /** What is no fact must not hold back what is: it is told once and left behind. */
  private static @Nullable Fact read(long seq, String json) {
    try {
      return FactCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (WireException e) {
      log.error("Version {} of the registry is no fact and is not published", seq);
      return null;
    }
  }
}
