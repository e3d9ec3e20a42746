package gatehouse.api.retention;

import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Counts events and deletes them: whole days by dropping their partition, the rest in pieces. An
 * event is counted in the transaction that deletes it, so the counts are exact.
 */
final class EventSweep {

  private static final int PIECE = 10_000;

  private final Store store;

  EventSweep(Store store) {
    this.store = store;
  }

  /** By their own time; those whose clock is ahead by the time at which they came. */
  Swept events(Instant cutOff) {
    long rows = 0;
    Optional<Long> day = dropDay(cutOff);
    while (day.isPresent()) {
      rows += day.get();
      day = dropDay(cutOff);
    }
    rows += pieces(tx -> strays(tx, cutOff));
    store.run(
        Scope.NOBODY,
        tx -> {
          tx.update(
                  "delete from repair.late where arrived_at < :cutOff and repaired_at is not null")
              .bind("cutOff", cutOff)
              .execute();
          tx.update("delete from event.rate where bucket < :cutOff")
              .bind("cutOff", cutOff)
              .execute();
        });
    return new Swept(rows, 0);
  }

  /** Reads of plates that no entry of the registry names, nor ever did. */
  Swept unknownPlates(Instant cutOff) {
    return new Swept(pieces(tx -> plates(tx, cutOff)), 0);
  }

  private Optional<Long> dropDay(Instant cutOff) {
    return store.in(
        Scope.NOBODY,
        tx -> {
          // A day may hold millions.
          tx.execute("set local statement_timeout = '50s'");
          return tx.query(
                  """
                  select event.drop_day(name) from (
                    select event.first_day_before(:cutOff) as name) d where name is not null
                  """)
              .bind("cutOff", cutOff)
              .mapTo(Long.class)
              .findOne();
        });
  }

  private long pieces(ToIntFunction<Transaction> piece) {
    long rows = 0;
    int last = PIECE;
    while (last == PIECE) {
      last =
          store.in(
              Scope.NOBODY,
              tx -> {
                tx.execute("set local statement_timeout = '50s'");
                return piece.applyAsInt(tx);
              });
      rows += last;
    }
    return rows;
  }

  private static int strays(Transaction tx, Instant cutOff) {
    return tx.query(
            """
            with gone as (
              delete from event.log_default where ctid = any (array(
                select ctid from event.log_default
                where time < :cutOff or received_at < :cutOff limit :most))
              returning time, community, place, kind, outcome),
            counted as (
              insert into event.hourly as h
              select date_trunc('hour', time, 'UTC'), community, place, kind, outcome, count(*)
              from gone group by 1, 2, 3, 4, 5
              on conflict (community, hour, place, kind, outcome)
                do update set events = h.events + excluded.events)
            select count(*) from gone
            """)
        .bind("cutOff", cutOff)
        .bind("most", PIECE)
        .mapTo(Integer.class)
        .one();
  }

  private static int plates(Transaction tx, Instant cutOff) {
    return tx.query(
            """
            with known as materialized (
              select community, detail ->> 'plate' as plate from site.registry_entry
              where detail ->> 'plate' is not null
              union
              select community, detail ->> 'subject' from site.registry_entry
              where kind in ('watch-order', 'list-membership') and detail ->> 'subject' is not null),
            old as (
              select l.time, l.community, l.id from event.log l
              where l.passage and l.subject_type = 'plate' and l.time < :cutOff and not exists (
                select from known k where k.community = l.community and k.plate = l.subject)
              limit :most),
            gone as (
              delete from event.log l using old o
              where l.time = o.time and l.community = o.community and l.id = o.id
              returning l.time, l.community, l.place, l.kind, l.outcome),
            counted as (
              insert into event.hourly as h
              select date_trunc('hour', time, 'UTC'), community, place, kind, outcome, count(*)
              from gone group by 1, 2, 3, 4, 5
              on conflict (community, hour, place, kind, outcome)
                do update set events = h.events + excluded.events)
            select count(*) from gone
            """)
        .bind("cutOff", cutOff)
        .bind("most", PIECE)
        .mapTo(Integer.class)
        .one();
  }
}
