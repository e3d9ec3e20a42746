package gatehouse.api.police;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hand-over notes (交接班): what a shift leaves to the next one, and who has read it. */
@RestController
@RequestMapping("/api/v1/cases/hand-overs")
class HandOverRoutes {

  private final Store store;
  private final FieldCipher cipher;
  private final AuditLog audit;
  private final Clock clock;

  HandOverRoutes(
      @Qualifier("requests") Store store, FieldCipher cipher, AuditLog audit, Clock clock) {
    this.store = store;
    this.cipher = cipher;
    this.audit = audit;
    this.clock = clock;
  }

  /** What the shift says besides its list of open work. */
  record Wish(@Nullable String text) {}

  /**
   * A hand-over note.
   *
   * @param work the open cases of its author at that time, as far as the reader may see them
   * @param readBy user names of those who confirmed that they read it
   */
  record HandOver(
      String id,
      String author,
      Instant at,
      String text,
      List<OpenWork> work,
      List<String> readBy) {}

  /**
   * What was open in a case.
   *
   * @param waiting look-ups and watch orders that somebody had yet to approve
   * @param orders watch orders in force
   */
  record OpenWork(String caseId, String caseNumber, int waiting, int orders) {}

  /** The last 50 of the caller's district, the newest first. */
  @GetMapping
  ItemList<HandOver> list(@AuthenticationPrincipal Account account) {
    return store.in(account.scope(), tx -> new ItemList<>(read(tx, null)));
  }

  /** Writes a note under an id of the caller's choice; the open work is listed with it. */
  @PutMapping("/{id}")
  HandOver write(
      @PathVariable String id,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    String text = Inputs.required("text", Inputs.note(wish.text()));
    Instant now = now();
    return store.in(
        account.scope(),
        tx -> {
          int written =
              tx.update(
                      """
                      insert into police.hand_over (id, communities, account, text, at)
                      values (:id, :communities, :account, :text, :now) on conflict do nothing
                      """)
                  .bind("id", key)
                  .bind("communities", account.communities().toArray(String[]::new))
                  .bind("account", account.id())
                  .bind("text", cipher.seal(FieldClass.TEXT, owner(key), text))
                  .bind("now", now)
                  .execute();
          if (written == 1) {
            listOpenWork(tx, key);
            append(tx, account, "hand-over.write", key, request);
          }
          return find(tx, key, HttpStatus.CONFLICT);
        });
  }

  /** Confirms that the caller has read a note. */
  @PostMapping("/{id}/read")
  HandOver confirm(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    return store.in(
        account.scope(),
        tx -> {
          find(tx, key, HttpStatus.NOT_FOUND);
          int first =
              tx.update(
                      """
                      insert into police.receipt values (:id, :account, :now)
                      on conflict do nothing
                      """)
                  .bind("id", key)
                  .bind("account", account.id())
                  .bind("now", now)
                  .execute();
          if (first == 1) {
            append(tx, account, "hand-over.read", key, request);
          }
          return find(tx, key, HttpStatus.NOT_FOUND);
        });
  }

  private static void listOpenWork(Transaction tx, UUID key) {
    tx.update(
            """
            insert into police.hand_over_work
            select :id, c.id,
              (select count(*) from police.look_up l
               where l.case_file = c.id and not exists (
                 select from police.approval a where a.deed = 'LOOK_UP' and a.thing = l.id)
                 and exists (
                   select from police.history h
                   where h.case_file = c.id and h.action = 'case.look-up'
                     and h.detail like 'WAITING %' || l.id || '%'))
              + (select count(*) from police.watch_order w
                 where w.case_file = c.id and w.effective_at is null
                   and w.withdrawn_at is null and w.expires_at > now()),
              (select count(*) from police.watch_order w
               where w.case_file = c.id and w.effective_at is not null
                 and w.withdrawn_at is null and w.expires_at > now())
            from police.case_file c
            where c.closed_at is null and c.expires_at > now() and police.is_member(c.id)
            """)
        .bind("id", key)
        .execute();
  }

  private HandOver find(Transaction tx, UUID key, HttpStatus otherwise) {
    return read(tx, key).stream()
        .findFirst()
        .orElseThrow(
            () ->
                otherwise == HttpStatus.NOT_FOUND
                    ? Refusal.notFound()
                    : Refusal.of(HttpStatus.CONFLICT, "id-used"));
  }

  private List<HandOver> read(Transaction tx, @Nullable UUID key) {
    return tx.query(
            """
            select h.id, h.at, h.text, u.username,
              array(select a.username from police.receipt r
                    join identity.account a on a.id = r.account
                    where r.hand_over = h.id order by r.at, 1) as read_by
            from police.hand_over h join identity.account u on u.id = h.account
            where (:id::uuid is null or h.id = :id)
            order by h.at desc, h.id desc limit 50
            """)
        .bind("id", key)
        .map((row, context) -> view(tx, row))
        .list();
  }

  private HandOver view(Transaction tx, ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new HandOver(
        id.toString(),
        row.getString("username"),
        row.getTimestamp("at").toInstant(),
        cipher.open(FieldClass.TEXT, owner(id), row.getBytes("text")),
        work(tx, id),
        Arrays.asList((String[]) row.getArray("read_by").getArray()));
  }

  private static List<OpenWork> work(Transaction tx, UUID id) {
    return tx.query(
            """
            select c.id, c.number, w.waiting, w.orders
            from police.hand_over_work w join police.case_file c on c.id = w.case_file
            where w.hand_over = :id order by c.number
            """)
        .bind("id", id)
        .map(
            (row, context) ->
                new OpenWork(
                    row.getString("id"),
                    row.getString("number"),
                    row.getInt("waiting"),
                    row.getInt("orders")))
        .list();
  }

  private void append(
      Transaction tx, Account account, String action, UUID key, HttpServletRequest request) {
    audit.append(
        tx,
        new AuditLog.Entry(
            AuditLog.ORGANISATION,
            account.username(),
            account.role().name(),
            request.getRemoteAddr(),
            action,
            key.toString(),
            "DONE",
            ""));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static String owner(UUID id) {
    return "hand-over/" + id;
  }
}
