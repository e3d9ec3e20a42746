package gatehouse.api.person;

import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Who looked at whose data (谁看过我的信息). What the police looked up in a case is shown to the person
 * after the time for which the law lets it be kept back.
 */
@Component
public final class Disclosures {

  /** How long a look-up of the police may stay unknown to the person. */
  static final Duration LAWFUL_DELAY = Duration.ofDays(90);

  /** One time that somebody looked. */
  public record Disclosure(
      Instant at,
      String community,
      String person,
      Role byRole,
      String byName,
      String what,
      String reason) {}

  /**
   * Records that an account sees a person's data in this transaction.
   *
   * @param what which data, e.g. person.reveal
   * @param reason as the account gave it, or the case's number
   */
  public void record(
      Transaction tx,
      Account account,
      String community,
      String person,
      String what,
      String reason,
      Instant now) {
    boolean police = account.role() == Role.POLICE;
    tx.update(
            """
            insert into person.disclosure (community, person, at, by_role, by_name, what, reason,
              visible_from)
            values (:community, :person, :at, :role, :name, :what, :reason, :visible)
            """)
        .bind("community", community)
        .bind("person", person)
        .bind("at", now)
        .bind("role", account.role().name())
        .bind("name", account.displayName())
        .bind("what", what)
        .bind("reason", reason)
        .bind("visible", police ? now.plus(LAWFUL_DELAY) : now)
        .execute();
  }

  /** What the account of the transaction may know of who looked at its own data. */
  public List<Disclosure> own(Transaction tx, int most) {
    return tx.query("select * from person.disclosure order by at desc, id limit :most")
        .bind("most", most)
        .map(
            (row, context) ->
                new Disclosure(
                    row.getTimestamp("at").toInstant(),
                    row.getString("community"),
                    row.getString("person"),
                    Role.valueOf(row.getString("by_role")),
                    row.getString("by_name"),
                    row.getString("what"),
                    row.getString("reason")))
        .list();
  }
}
