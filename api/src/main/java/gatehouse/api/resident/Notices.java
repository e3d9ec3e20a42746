package gatehouse.api.resident;

import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What residents are told that is no alert. The same thing is told a person once. */
@Component
public final class Notices {

  /** What a notice may be about. */
  public enum Kind {
    /** A guest came in by a pass. */
    GUEST_ARRIVED,
    /** A lease ends in seven days. */
    LEASE_ENDS_IN_A_WEEK,
    /** A lease ends within a day. */
    LEASE_ENDS_TOMORROW,
    /** A lease has ended. */
    LEASE_ENDED,
    /** A credential of the home was used, or tried, after its grant had ended. */
    ENDED_GRANT_USED,
    /** The police answered a report. */
    REPORT_ANSWERED
  }

  /**
   * A notice.
   *
   * @param about id of what it is about: a lease, a pass, a report
   * @param readAt null: not yet
   */
  public record Notice(
      UUID id,
      Kind kind,
      String community,
      String person,
      String about,
      Instant at,
      @Nullable Instant readAt) {}

  /**
   * Tells a person, unless it was told before.
   *
   * @param about with the kind: what must be told once only
   */
  public void tell(
      Transaction tx, String community, String person, Kind kind, String about, Instant now) {
    tx.update(
            """
            insert into resident.notice (community, person, kind, about, at)
            values (:community, :person, :kind, :about, :now) on conflict do nothing
            """)
        .bind("community", community)
        .bind("person", person)
        .bind("kind", kind.name())
        .bind("about", about)
        .bind("now", now)
        .execute();
  }

  /** What the account of the transaction was told, the newest first. */
  List<Notice> own(Transaction tx, @Nullable Instant before, @Nullable String beforeId, int most) {
    return tx.query(
            """
            select * from resident.notice
            where :before::timestamptz is null or (at, id) < (:before::timestamptz, :beforeId::uuid)
            order by at desc, id desc limit :most
            """)
        .bind("before", before)
        .bind("beforeId", beforeId)
        .bind("most", most)
        .map(
            (row, context) ->
                new Notice(
                    row.getObject("id", UUID.class),
                    Kind.valueOf(row.getString("kind")),
                    row.getString("community"),
                    row.getString("person"),
                    row.getString("about"),
                    row.getTimestamp("at").toInstant(),
                    Optional.ofNullable(row.getTimestamp("read_at"))
                        .map(java.sql.Timestamp::toInstant)
                        .orElse(null)))
        .list();
  }

  /**
   * Marks a notice as read.
   *
   * @return whether there is such a notice
   */
  boolean read(Transaction tx, UUID id, Instant now) {
    return tx.update("update resident.notice set read_at = coalesce(read_at, :now) where id = :id")
            .bind("now", now)
            .bind("id", id)
            .execute()
        == 1;
  }
}
