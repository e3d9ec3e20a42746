package gatehouse.api.police;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.purpose.CaseScope;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Cases in the database, as the account of the transaction sees them. */
@Component
final class CaseStore {

  /** A case to be opened, checked. */
  record New(
      UUID id,
      String number,
      String legalBasis,
      String purpose,
      List<CaseScope.Area> areas,
      Instant from,
      Instant to,
      Instant expires,
      List<String> members) {}

  /** One more than {@code limit}, the newest first. */
  List<CaseView> list(
      Transaction tx, @Nullable List<String> states, @Nullable Cursor after, int limit) {
    return cases(tx, null, states, after, limit + 1)
        .map((row, context) -> CaseView.read(row))
        .list();
  }

  Optional<CaseView> find(Transaction tx, UUID id) {
    return cases(tx, id, null, null, 1).map((row, context) -> CaseView.read(row)).findOne();
  }

  /**
   * The case, held until the transaction ends.
   *
   * @throws Refusal not-found
   */
  CaseView hold(Transaction tx, UUID id) {
    boolean there =
        tx.query("select 1 from police.case_file where id = :id for update")
            .bind("id", id)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!there) {
      throw Refusal.notFound();
    }
    return find(tx, id).orElseThrow(Refusal::notFound);
  }

  private static Query cases(
      Transaction tx,
      @Nullable UUID id,
      @Nullable List<String> states,
      @Nullable Cursor after,
      int limit) {
    return tx.query(
            """
            select * from (
              select c.*, o.username as opener,
                (select u.username from police.approval a join identity.account u on u.id = a.account
                 where a.deed = 'CASE' and a.thing = c.id and a.supervisor
                   and a.account <> c.opened_by order by a.at limit 1) as approver,
                array(select u.username from police.member m
                      join identity.account u on u.id = m.account
                      where m.case_file = c.id order by 1) as members,
                array(select s.community || '/' || s.place from police.area s
                      where s.case_file = c.id order by 1) as areas,
                array(select t.alert::text from police.attachment t
                      where t.case_file = c.id order by t.at, 1) as alerts,
                police.is_member(c.id) as member,
                case when c.closed_at is not null then 'CLOSED'
                  when not police.approved(c.id) then 'REQUESTED'
                  when c.expires_at <= now() then 'EXPIRED'
                  else 'OPEN' end as state
              from police.case_file c join identity.account o on o.id = c.opened_by
              where (:id::uuid is null or c.id = :id)
                and (:afterTime::timestamptz is null
                  or (c.opened_at, c.id) < (:afterTime, :afterId::uuid))) found
            where (:states::text[] is null or state = any (:states))
            order by opened_at desc, id desc limit :limit
            """)
        .bind("id", id)
        .bind("states", states == null ? null : states.toArray(String[]::new))
        .bind("afterTime", after == null ? null : after.time())
        .bind("afterId", after == null ? null : cursorId(after))
        .bind("limit", limit);
  }

  private static UUID cursorId(Cursor after) {
    try {
      return UUID.fromString(after.id());
    } catch (IllegalArgumentException e) {
      throw Refusal.badValue("cursor");
    }
  }

  /**
   * Opens a case with its opener as a member.
   *
   * @return false if its id is there already
   * @throws Refusal case-number-used, bad-value for a member who is no police account
   */
  boolean open(Transaction tx, New opened, Account account, Instant now) {
    int inserted =
        tx.update(
                """
                insert into police.case_file (id, number, legal_basis, purpose, opens, ends,
                  opened_by, opened_at, expires_at)
                values (:id, :number, :basis, :purpose, :from, :to, :account, :now, :expires)
                on conflict do nothing
                """)
            .bind("id", opened.id())
            .bind("number", opened.number())
            .bind("basis", opened.legalBasis())
            .bind("purpose", opened.purpose())
            .bind("from", opened.from())
            .bind("to", opened.to())
            .bind("account", account.id())
            .bind("now", now)
            .bind("expires", opened.expires())
            .execute();
    if (inserted == 0) {
      return false;
    }
    addMember(tx, opened.id(), account.username(), now);
    for (CaseScope.Area area : opened.areas()) {
      tx.update("insert into police.area values (:case, :community, :place) on conflict do nothing")
          .bind("case", opened.id())
          .bind("community", area.community())
          .bind("place", area.place())
          .execute();
    }
    for (String member : opened.members()) {
      addMember(tx, opened.id(), member, now);
    }
    return true;
  }

  /**
   * Has somebody work on a case.
   *
   * @throws Refusal bad-value if there is no such police account
   */
  void addMember(Transaction tx, UUID caseFile, String username, Instant now) {
    UUID officer =
        tx.query(
                """
                select id from identity.account
                where username = lower(:username) and police.is_officer(id)
                """)
            .bind("username", username)
            .mapTo(UUID.class)
            .findOne()
            .orElseThrow(() -> Refusal.badValue("members"));
    tx.update("insert into police.member values (:case, :account, :now) on conflict do nothing")
        .bind("case", caseFile)
        .bind("account", officer)
        .bind("now", now)
        .execute();
  }

  void removeMember(Transaction tx, UUID caseFile, String username) {
    tx.update(
            """
            delete from police.member where case_file = :case and account in (
              select id from identity.account where username = lower(:username))
            """)
        .bind("case", caseFile)
        .bind("username", username)
        .execute();
  }

  UUID opener(Transaction tx, UUID caseFile) {
    return tx.query("select opened_by from police.case_file where id = :id")
        .bind("id", caseFile)
        .mapTo(UUID.class)
        .one();
  }

  void extend(Transaction tx, UUID caseFile, Instant expires) {
    tx.update("update police.case_file set expires_at = :expires where id = :id")
        .bind("expires", expires)
        .bind("id", caseFile)
        .execute();
    changed(tx, caseFile);
  }

  void close(Transaction tx, UUID caseFile, Account account, Instant now) {
    tx.update(
            """
            update police.case_file set closed_by = :account, closed_at = :now,
              version = version + 1 where id = :id
            """)
        .bind("account", account.id())
        .bind("now", now)
        .bind("id", caseFile)
        .execute();
  }

  /** Counts a change. */
  void changed(Transaction tx, UUID caseFile) {
    tx.update("update police.case_file set version = version + 1 where id = :id")
        .bind("id", caseFile)
        .execute();
  }

  /**
   * Attaches an alert that the caller may see.
   *
   * @return whether it was not there yet
   * @throws Refusal not-found
   */
  boolean attach(Transaction tx, UUID caseFile, UUID alert, Account account, Instant now) {
    boolean there =
        tx.query("select 1 from alert.alert where id = :id")
            .bind("id", alert)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!there) {
      throw Refusal.notFound();
    }
    return tx.update(
                """
                insert into police.attachment values (:case, :alert, :account, :now)
                on conflict do nothing
                """)
            .bind("case", caseFile)
            .bind("alert", alert)
            .bind("account", account.id())
            .bind("now", now)
            .execute()
        == 1;
  }

  /** Refuses what has ended. */
  static void refuseClosed(CaseView found) {
    if (found.state() == CaseState.CLOSED) {
      throw Refusal.of(HttpStatus.CONFLICT, "case-closed");
    }
  }
}
