package gatehouse.api.auditor;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Lock;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Looks in the audit log for access that is abused: by whoever may look somebody up, against
 * whoever is looked up. A finding is a question for an auditor, not a verdict; it is made within
 * half a minute and counts on through its day (UTC).
 *
 * <p>Look-ups are the entries that answered a question about somebody. What an entry says of one
 * subject stands in its object; how many it named otherwise, in its reason.
 */
@Component
final class OperatorAbuse {

  /** Look-ups of one subject by one person on one day. */
  static final int REPEATED = 10;

  /** Different subjects that one person saw on one day. */
  static final int BULK = 200;

  /** Days on which somebody must have worked before their hours are known. */
  static final int KNOWN_DAYS = 5;

  private static final Duration PAUSE = Duration.ofSeconds(15);
  private static final Duration BACK = Duration.ofHours(26);

  private final Store store;
  private final Clock clock;

  OperatorAbuse(@Qualifier("consumers") Store store, Clock clock, Chores chores) {
    this.store = store;
    this.clock = clock;
    chores.every(PAUSE, "operator-abuse", this::look);
  }

  /** What is looked for. */
  enum Kind {
    /** At an hour at which, and next to which, the person did nothing in four weeks. */
    OUT_OF_HOURS,
    /** The same subject again and again. */
    REPEATED_SUBJECT,
    /** Many different subjects. */
    BULK,
    /** Somebody of the community where the person lives. */
    NEIGHBOUR,
    /** The person itself. */
    SELF
  }

  /** Looks once. */
  void look() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    store.run(
        Scope.NOBODY,
        tx -> {
          if (tx.tryHold(Lock.OPERATOR_ABUSE)) {
            repeatedSubjects(tx, now);
            bulk(tx, now);
            ownPeople(tx, now);
            outOfHours(tx, now);
          }
        });
  }

  private static void repeatedSubjects(Transaction tx, Instant now) {
    tx.update(
            """
            insert into audit.finding as f (kind, who, subject, day, times, entry, found_at)
            select 'REPEATED_SUBJECT', who, object, (at at time zone 'UTC')::date, count(*), max(id), :now
            from audit.entry
            where at >= :since and role <> 'RESIDENT' and outcome = 'DONE' and object <> ''
              and action in ('access-log.search', 'case.look-up', 'case.reveal')
            group by 2, 3, 4 having count(*) >= :least
            on conflict (kind, who, subject, day) do update
              set times = excluded.times, entry = excluded.entry
              where f.times < excluded.times
            """)
        .bind("now", now)
        .bind("since", now.minus(BACK))
        .bind("least", REPEATED)
        .execute();
  }

  private static void bulk(Transaction tx, Instant now) {
    tx.update(
            """
            insert into audit.finding as f (kind, who, subject, day, times, entry, found_at)
            select 'BULK', who, '', (at at time zone 'UTC')::date,
              count(distinct object) filter (where object <> '')
                + coalesce(sum(substring(reason from ' subjects=([0-9]{1,6})')::int)
                    filter (where object = ''), 0) as subjects,
              max(id), :now
            from audit.entry
            where at >= :since and role <> 'RESIDENT' and outcome = 'DONE'
              and action in ('access-log.search', 'case.look-up', 'case.reveal')
            group by 2, 4
            having count(distinct object) filter (where object <> '')
                + coalesce(sum(substring(reason from ' subjects=([0-9]{1,6})')::int)
                    filter (where object = ''), 0) > :most
            on conflict (kind, who, subject, day) do update
              set times = excluded.times, entry = excluded.entry
              where f.times < excluded.times
            """)
        .bind("now", now)
        .bind("since", now.minus(BACK))
        .bind("most", BULK)
        .execute();
  }

  private static void ownPeople(Transaction tx, Instant now) {
    tx.update(
            """
            with looked as (
              select id, who, object, (at at time zone 'UTC')::date as day from audit.entry
              where at >= :since and role <> 'RESIDENT' and outcome = 'DONE' and object <> ''
                and action in ('access-log.search', 'case.look-up', 'case.reveal',
                  'watch-order.ask')),
            known as (
              select l.*, p.person, p.person as found from looked l
              join identity.account a on a.username = l.who
              join identity.account_person p on p.account = a.id and p.person = l.object
              union
              select l.*, p.person,
                coalesce(r.detail ->> 'holder', r.detail ->> 'owner', r.detail ->> 'person')
              from looked l
              join identity.account a on a.username = l.who
              join identity.account_person p on p.account = a.id
              join site.registry_entry r on r.community = p.community
                and (r.kind in ('credential', 'vehicle') and r.thing = l.object
                  or r.kind = 'residency' and r.detail ->> 'person' = l.object))
            insert into audit.finding as f (kind, who, subject, day, times, entry, found_at)
            select case when bool_or(person = found) then 'SELF' else 'NEIGHBOUR' end,
              who, object, day, count(distinct id), max(id), :now
            from known group by who, object, day
            on conflict (kind, who, subject, day) do update
              set times = excluded.times, entry = excluded.entry
              where f.times < excluded.times
            """)
        .bind("now", now)
        .bind("since", now.minus(BACK))
        .execute();
  }

  /** Hours are told apart in China's time, which all of them share. */
  private static void outOfHours(Transaction tx, Instant now) {
    tx.update(
            """
            with looked as (
              select id, who, at, (at at time zone 'UTC')::date as day,
                extract(hour from at at time zone 'Asia/Shanghai')::int as hour
              from audit.entry
              where at >= :recently and role <> 'RESIDENT' and outcome = 'DONE'
                and action in ('access-log.search', 'access-log.export', 'case.look-up',
                  'case.reveal', 'case.export')),
            hours as (
              select who, day, hour, count(*) as times, max(id) as entry from looked group by 1, 2, 3)
            insert into audit.finding as f (kind, who, subject, day, times, entry, found_at)
            select 'OUT_OF_HOURS', h.who, '', h.day, sum(h.times), max(h.entry), :now
            from hours h
            cross join lateral (
              select count(distinct (b.at at time zone 'Asia/Shanghai')::date) as days,
                coalesce(bool_or(
                  (extract(hour from b.at at time zone 'Asia/Shanghai')::int - h.hour + 25) % 24 <= 2),
                  false) as usual
              from audit.entry b
              where b.who = h.who and b.at >= h.day - interval '28 days'
                and b.at < :recently::timestamptz - interval '12 hours') before
            where before.days >= :days and not before.usual
            group by h.who, h.day
            on conflict (kind, who, subject, day) do update
              set times = excluded.times, entry = excluded.entry
              where f.entry < excluded.entry
            """)
        .bind("now", now)
        .bind("recently", now.minus(Duration.ofHours(1)))
        .bind("days", KNOWN_DAYS)
        .execute();
  }
}
