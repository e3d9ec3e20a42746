package gatehouse.api.door;

import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Doors, rights and lockdowns in the database; all within the transaction of who is asking. */
@Component
final class DoorStore {

  /** A door's row. */
  record Row(
      String id,
      String community,
      String name,
      String communityName,
      String place,
      DoorView.Position position,
      @Nullable Instant lastSeen,
      boolean right,
      @Nullable Instant heldUntil,
      List<LockdownLevel> lockdowns) {

    boolean lockdown() {
      return !lockdowns.isEmpty();
    }
  }

  /** The doors that the account may know of: residents only those they have a right to. */
  List<Row> list(Transaction tx, Account account, Instant now) {
    return tx.query(
            """
            with own_door as materialized (select * from identity.own_door(:now))
            select d.id, d.community, coalesce(nullif(p.name, ''), nullif(d.name, ''), d.id) as name,
                   coalesce(nullif(c.name, ''), d.community) as community_name, d.place,
                   coalesce(o.position, 'UNKNOWN') as position, s.at as last_seen,
                   exists (
                     select from own_door r
                     where r.community = d.community and r.door = d.id
                       and :now between r.valid_from and r.valid_to) as "right",
                   (select max(h.hold_until) from door.command h
                     where h.action = 'HOLD' and h.community = d.community and h.door = d.id
                       and h.hold_until > :now and h.state in ('RELEASED', 'OPENED')
                   ) as held_until,
                   array(
                     select l.level from door.lockdown l
                     where l.lifted_at is null
                       and (l.level = 'ORGANISATION'
                         or l.level = 'COMMUNITY' and l.community = d.community
                         or l.level = 'DOOR' and l.community = d.community and l.door = d.id)
                   ) as lockdowns
            from site.device d
            left join site.place p on p.community = d.community and p.id = d.place
            left join site.community c on c.id = d.community
            left join site.door_position o on o.community = d.community and o.place = d.place
            left join site.device_seen s on s.community = d.community and s.device = d.id
            where d.active and d.side <> 'OUT'
              and d.kind in ('access-terminal', 'door-controller', 'barrier-controller')
              and (not :resident or exists (
                     select from own_door r where r.community = d.community and r.door = d.id))
            order by community_name, name, d.id
            limit 20000
            """)
        .bind("now", now)
        .bind("resident", account.role() == Role.RESIDENT)
        .map((row, context) -> read(row))
        .list();
  }

  /** The doors of this id that the account may know of; one for each community that has such. */
  List<Row> find(
      Transaction tx, Account account, @Nullable String community, String id, Instant now) {
    return tx.query(
            """
            with own_door as materialized (select * from identity.own_door(:now))
            select d.id, d.community, coalesce(nullif(p.name, ''), nullif(d.name, ''), d.id) as name,
                   coalesce(nullif(c.name, ''), d.community) as community_name, d.place,
                   coalesce(o.position, 'UNKNOWN') as position, s.at as last_seen,
                   exists (
                     select from own_door r
                     where r.community = d.community and r.door = d.id
                       and :now between r.valid_from and r.valid_to) as "right",
                   (select max(h.hold_until) from door.command h
                     where h.action = 'HOLD' and h.community = d.community and h.door = d.id
                       and h.hold_until > :now and h.state in ('RELEASED', 'OPENED')
                   ) as held_until,
                   array(
                     select l.level from door.lockdown l
                     where l.lifted_at is null
                       and (l.level = 'ORGANISATION'
                         or l.level = 'COMMUNITY' and l.community = d.community
                         or l.level = 'DOOR' and l.community = d.community and l.door = d.id)
                   ) as lockdowns
            from site.device d
            left join site.place p on p.community = d.community and p.id = d.place
            left join site.community c on c.id = d.community
            left join site.door_position o on o.community = d.community and o.place = d.place
            left join site.device_seen s on s.community = d.community and s.device = d.id
            where d.active and d.side <> 'OUT'
              and d.kind in ('access-terminal', 'door-controller', 'barrier-controller')
              and (not :resident or exists (
                     select from own_door r where r.community = d.community and r.door = d.id))
              and d.id = :id and (:community::text is null or d.community = :community)
            limit 10
            """)
        .bind("id", id)
        .bind("community", community)
        .bind("now", now)
        .bind("resident", account.role() == Role.RESIDENT)
        .map((row, context) -> read(row))
        .list();
  }

  /** Whether nothing holds the door closed at this moment. */
  boolean isFree(Transaction tx, String community, String door) {
    return tx.query(
            """
            select not exists (
              select from door.lockdown l
              where l.lifted_at is null
                and (l.level = 'ORGANISATION'
                  or l.level = 'COMMUNITY' and l.community = :community
                  or l.level = 'DOOR' and l.community = :community and l.door = :door))
            """)
        .bind("community", community)
        .bind("door", door)
        .mapTo(Boolean.class)
        .one();
  }

  private static Row read(ResultSet row) throws SQLException {
    Timestamp seen = row.getTimestamp("last_seen");
    Timestamp held = row.getTimestamp("held_until");
    return new Row(
        row.getString("id"),
        row.getString("community"),
        row.getString("name"),
        row.getString("community_name"),
        row.getString("place"),
        DoorView.Position.valueOf(row.getString("position")),
        seen == null ? null : seen.toInstant(),
        row.getBoolean("right"),
        held == null ? null : held.toInstant(),
        Arrays.stream((String[]) row.getArray("lockdowns").getArray())
            .map(LockdownLevel::valueOf)
            .sorted()
            .toList());
  }
}
