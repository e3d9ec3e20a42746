package gatehouse.api.dialogue;

import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reports and messages in the database, their texts sealed, as a transaction's scope sees them. */
@Component
final class ReportStore {

  private final FieldCipher cipher;

  ReportStore(FieldCipher cipher) {
    this.cipher = cipher;
  }

  /** Where a page goes on: behind the report of this time and id. */
  record After(@Nullable Instant time, @Nullable UUID id) {}

  /**
   * Adds a report, unless its id is there.
   *
   * @param token of an anonymous reporter; null for a named one
   * @return whether it was added
   */
  boolean add(Transaction tx, Report report, byte @Nullable [] token) {
    return tx.update(
                """
            insert into dialogue.report (id, community, category, place, text, account,
              reporter_token, pseudonym, at, state_at)
            values (:id, :community, :category, :place, :text, :account, :token, :pseudonym, :at, :at)
            on conflict do nothing
            """)
            .bind("id", report.id())
            .bind("community", report.community())
            .bind("category", report.category().name())
            .bind("place", report.place())
            .bind("text", cipher.seal(FieldClass.TEXT, ofReport(report.id()), report.text()))
            .bind("account", report.account())
            .bind("token", token)
            .bind("pseudonym", report.pseudonym())
            .bind("at", report.at())
            .execute()
        == 1;
  }

  /**
   * Counts one more report of a day.
   *
   * @return how many there are now
   */
  int count(Transaction tx, byte[] token, LocalDate day) {
    return tx.query(
            """
            insert into dialogue.report_count as c values (:token, :day, 1)
            on conflict (token, day) do update set reports = c.reports + 1 returning reports
            """)
        .bind("token", token)
        .bind("day", day)
        .mapTo(Integer.class)
        .one();
  }

  Optional<Report> find(Transaction tx, UUID id) {
    return tx.query(
            """
            select r.id, r.community, r.category, r.place, r.text, r.account, r.pseudonym, r.state,
              r.officer, r.at, r.state_at,
              (select count(*) from dialogue.message m
                where m.report = r.id and m.sender = 'REPORTER' and m.read_at is null) as by_police,
              (select count(*) from dialogue.message m
                where m.report = r.id and m.sender = 'POLICE' and m.read_at is null) as by_reporter
            from dialogue.report r where r.id = :id
            """)
        .bind("id", id)
        .map((row, context) -> report(row))
        .findOne();
  }

  /** Waits for whoever changes the report at the same time. */
  Optional<Report> hold(Transaction tx, UUID id) {
    tx.query("select id from dialogue.report where id = :id for update")
        .bind("id", id)
        .mapTo(UUID.class)
        .findOne();
    return find(tx, id);
  }

  /** Reports, the newest first; a filter that is null matches all. */
  List<Report> list(
      Transaction tx,
      @Nullable String community,
      @Nullable List<String> states,
      After after,
      int most) {
    return tx.query(
            """
            select r.id, r.community, r.category, r.place, r.text, r.account, r.pseudonym, r.state,
              r.officer, r.at, r.state_at,
              (select count(*) from dialogue.message m
                where m.report = r.id and m.sender = 'REPORTER' and m.read_at is null) as by_police,
              (select count(*) from dialogue.message m
                where m.report = r.id and m.sender = 'POLICE' and m.read_at is null) as by_reporter
            from dialogue.report r
            where (:community::text is null or r.community = :community)
              and (:states::text[] is null or r.state = any (:states::text[]))
              and (:time::timestamptz is null
                or (r.at, r.id) < (:time::timestamptz, :id::uuid))
            order by r.at desc, r.id desc limit :most
            """)
        .bind("community", community)
        .bind("states", states == null ? null : states.toArray(String[]::new))
        .bind("time", after.time())
        .bind("id", after.id())
        .bind("most", most)
        .map((row, context) -> report(row))
        .list();
  }

  void state(Transaction tx, UUID report, ReportState state, @Nullable UUID officer, Instant now) {
    tx.update(
            """
            update dialogue.report set state = :state, officer = :officer, state_at = :now
            where id = :id
            """)
        .bind("state", state.name())
        .bind("officer", officer)
        .bind("now", now)
        .bind("id", report)
        .execute();
  }

  /**
   * Adds a message, unless it is there.
   *
   * @return whether it was new
   */
  boolean say(Transaction tx, UUID report, Message message) {
    return tx.update(
                """
                insert into dialogue.message (id, report, sender, text, at)
                values (:id, :report, :sender, :text, :at) on conflict (id) do nothing
                """)
            .bind("id", message.id())
            .bind("report", report)
            .bind("sender", message.sender().name())
            .bind("text", cipher.seal(FieldClass.TEXT, ofMessage(message.id()), message.text()))
            .bind("at", message.at())
            .execute()
        == 1;
  }

  List<Message> messages(Transaction tx, UUID report) {
    return tx.query(
            """
            select id, sender, text, at, read_at from dialogue.message
            where report = :report order by at, id
            """)
        .bind("report", report)
        .map((row, context) -> message(row))
        .list();
  }

  /** What the other side wrote has been read. */
  void read(Transaction tx, UUID report, Message.Sender writer, Instant now) {
    tx.update(
            """
            update dialogue.message set read_at = :now
            where report = :report and sender = :sender and read_at is null
            """)
        .bind("now", now)
        .bind("report", report)
        .bind("sender", writer.name())
        .execute();
  }

  /** Leaves a notice for whoever made the report, if that was not anonymous. */
  void tellAnswered(Transaction tx, UUID report, Instant now) {
    tx.query("select dialogue.tell_answered(:report, :now)")
        .bind("report", report)
        .bind("now", now)
        .mapTo(String.class)
        .findOne();
  }

  /** The name of a reporter's account. */
  String name(Transaction tx, UUID account) {
    return tx.query("select display_name from identity.account where id = :id")
        .bind("id", account)
        .mapTo(String.class)
        .findOne()
        .orElse("");
  }

  private Message message(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new Message(
        id,
        Message.Sender.valueOf(row.getString("sender")),
        cipher.open(FieldClass.TEXT, ofMessage(id), row.getBytes("text")),
        row.getTimestamp("at").toInstant(),
        Optional.ofNullable(row.getTimestamp("read_at")).map(Timestamp::toInstant).orElse(null));
  }

  private Report report(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new Report(
        id,
        row.getString("community"),
        Category.valueOf(row.getString("category")),
        row.getString("place"),
        cipher.open(FieldClass.TEXT, ofReport(id), row.getBytes("text")),
        row.getObject("account", UUID.class),
        row.getString("pseudonym"),
        ReportState.valueOf(row.getString("state")),
        row.getObject("officer", UUID.class),
        row.getTimestamp("at").toInstant(),
        row.getTimestamp("state_at").toInstant(),
        row.getInt("by_police"),
        row.getInt("by_reporter"));
  }

  private static String ofReport(UUID id) {
    return "report/" + id;
  }

  private static String ofMessage(UUID id) {
    return "message/" + id;
  }
}
