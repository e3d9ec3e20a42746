package gatehouse.api.repair;

import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.event.DeviceEvent;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Late events and the history around them in the database. */
@Component
final class LateStore {

  private static final int FETCH = 1000;

  private final Store store;

  LateStore(@Qualifier("repairs") Store store) {
    this.store = store;
  }

  /**
   * What a repair replays.
   *
   * @param events stored events, without those that are still unrepaired
   * @param late the late events to repair
   */
  record History(List<DeviceEvent> events, List<DeviceEvent> late) {}

  /** Communities to repair: quiet since one time, or waiting since another. */
  List<String> due(Instant quietSince, Instant waitingSince) {
    return store.in(
        Scope.NOBODY,
        tx ->
            tx.query(
                    """
                    select community from repair.late where repaired_at is null
                    group by community
                    having max(arrived_at) <= :quiet or min(arrived_at) <= :waiting
                    order by min(arrived_at)
                    """)
                .bind("quiet", quietSince)
                .bind("waiting", waitingSince)
                .mapTo(String.class)
                .list());
  }

  /** The oldest unrepaired events of a community, by event time. */
  List<LateEvent> unrepaired(String community, int limit) {
    return store.in(Scope.NOBODY, tx -> unrepaired(tx, community, limit));
  }

  /** How many events are stored of a time, but no more than {@code limit}. */
  int count(String community, Instant from, Instant to, int limit) {
    return store.in(
        Scope.NOBODY,
        tx ->
            tx.query(
                    """
                    select count(*) from (select from event.log
                      where community = :community and time between :from and :to
                      limit :limit) as counted
                    """)
                .bind("community", community)
                .bind("from", from)
                .bind("to", to)
                .bind("limit", limit)
                .mapTo(Integer.class)
                .one());
  }

  /**
   * Loads the history of a window. Which events are unrepaired is asked after the events were read:
   * one that came meanwhile is left to the next repair. An event that was sent again long after it
   * had come is not late: the live job knew it.
   */
  History load(String community, RepairWindow window) {
    return store.in(
        Scope.NOBODY,
        tx -> {
          List<DeviceEvent> stored =
              tx.query(
                      """
                      select detail from event.log
                      where community = :community and time between :from and :to
                      order by time
                      """)
                  .bind("community", community)
                  .bind("from", window.from())
                  .bind("to", window.to())
                  .setFetchSize(FETCH)
                  .map((row, context) -> decode(row))
                  .list();
          Set<LateEvent.Key> unrepaired = keys(unrepaired(tx, community, Integer.MAX_VALUE));
          Set<LateEvent.Key> chosen = keys(window.late());
          Set<LateEvent.Key> repeated = repeated(tx, community, window);
          unrepaired.removeAll(repeated);
          chosen.removeAll(repeated);
          List<DeviceEvent> events = new ArrayList<>(stored.size());
          for (DeviceEvent event : stored) {
            if (!unrepaired.contains(LateEvent.Key.of(event))) {
              events.add(event);
            }
          }
          List<DeviceEvent> late =
              tx
                  .query(
                      """
                      select detail from repair.late
                      where community = :community and repaired_at is null
                        and time between :from and :to
                      order by time, device, id
                      """)
                  .bind("community", community)
                  .bind("from", window.from())
                  .bind("to", window.to())
                  .setFetchSize(FETCH)
                  .map((row, context) -> decode(row))
                  .stream()
                  .filter(event -> chosen.contains(LateEvent.Key.of(event)))
                  .toList();
          return new History(events, late);
        });
  }

  /** Marks late events as done. */
  int done(String community, Collection<LateEvent> late, String outcome, Instant now) {
    return store.in(
        Scope.NOBODY,
        tx ->
            tx.update(
                    """
                    update repair.late l set repaired_at = :now, outcome = :outcome
                    from unnest(:devices::text[], :ids::text[]) as d (device, id)
                    where l.community = :community and l.device = d.device and l.id = d.id
                      and l.repaired_at is null
                    """)
                .bind("now", now)
                .bind("outcome", outcome)
                .bind("community", community)
                .bind(
                    "devices", late.stream().map(one -> one.key().device()).toArray(String[]::new))
                .bind("ids", late.stream().map(one -> one.key().id()).toArray(String[]::new))
                .execute());
  }

  /** Forgets events that were done before a time: Kafka does not have them any more either. */
  void forget(Instant before) {
    store.run(
        Scope.NOBODY,
        tx ->
            tx.update("delete from repair.late where repaired_at < :before")
                .bind("before", before)
                .execute());
  }

  private static List<LateEvent> unrepaired(Transaction tx, String community, int limit) {
    return tx.query(
            """
            select device, id, time from repair.late
            where community = :community and repaired_at is null
            order by time, device, id
            limit :limit
            """)
        .bind("community", community)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new LateEvent(
                    new LateEvent.Key(row.getString("device"), row.getString("id")),
                    row.getTimestamp("time").toInstant()))
        .list();
  }

  /** Late events that are stored since an earlier time: what is late came a second time. */
  private static Set<LateEvent.Key> repeated(
      Transaction tx, String community, RepairWindow window) {
    return new HashSet<>(
        tx.query(
                """
                select l.device, l.id from repair.late l
                join event.log e on e.time = l.time and e.community = l.community
                  and e.device = l.device and e.id = l.id
                where l.community = :community and l.repaired_at is null
                  and l.time between :from and :to
                  and e.received_at < (l.detail -> 'origin' ->> 'receivedAt')::timestamptz
                """)
            .bind("community", community)
            .bind("from", window.from())
            .bind("to", window.to())
            .map((row, context) -> new LateEvent.Key(row.getString("device"), row.getString("id")))
            .list());
  }

  private static Set<LateEvent.Key> keys(Collection<LateEvent> events) {
    return events.stream().map(LateEvent::key).collect(Collectors.toCollection(HashSet::new));
  }

  private static DeviceEvent decode(ResultSet row) throws SQLException {
    try {
      byte[] json = row.getString("detail").getBytes(StandardCharsets.UTF_8);
      return (DeviceEvent) FactCodec.decode(json);
    } catch (WireException e) {
      throw new IllegalStateException("a stored event cannot be read: " + e.getMessage(), e);
    }
  }
}
