package gatehouse.api.police;

import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Notes on a case. Once written they stay. */
@RestController
@RequestMapping("/api/v1/cases/{id}/notes")
class NoteRoutes {

  private final Store store;
  private final CaseStore cases;
  private final FieldCipher cipher;
  private final CaseRecord record;
  private final Clock clock;

  NoteRoutes(
      @Qualifier("requests") Store store,
      CaseStore cases,
      FieldCipher cipher,
      CaseRecord record,
      Clock clock) {
    this.store = store;
    this.cases = cases;
    this.cipher = cipher;
    this.record = record;
    this.clock = clock;
  }

  /** What somebody wants to note. */
  record Wish(@Nullable String text) {}

  /** A note, by the user name of its author. */
  record Note(String id, String author, Instant at, String text) {}

  /** All of a case, the newest first. */
  @GetMapping
  ItemList<Note> list(@PathVariable String id, @AuthenticationPrincipal Account account) {
    UUID key = Inputs.uuid(id);
    return store.in(
        account.scope(),
        tx -> {
          if (cases.find(tx, key).isEmpty()) {
            throw Refusal.notFound();
          }
          return new ItemList<>(read(tx, cipher, key));
        });
  }

  /** Adds a note under an id of the caller's choice; adding it again changes nothing. */
  @PutMapping("/{note}")
  Note add(
      @PathVariable String id,
      @PathVariable String note,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID caseFile = Inputs.uuid(id);
    UUID key = Inputs.uuid(note);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return store.in(
        account.scope(),
        tx -> {
          CaseView found = cases.find(tx, caseFile).orElseThrow(Refusal::notFound);
          String text = Inputs.required("text", Inputs.note(wish.text()));
          CaseStore.refuseClosed(found);
          int added =
              tx.update(
                      """
                      insert into police.note (id, case_file, account, text, at)
                      values (:id, :case, :account, :text, :now) on conflict do nothing
                      """)
                  .bind("id", key)
                  .bind("case", caseFile)
                  .bind("account", account.id())
                  .bind("text", cipher.seal(FieldClass.TEXT, owner(key), text))
                  .bind("now", now)
                  .execute();
          if (added == 1) {
            record.append(
                tx,
                account,
                new CaseRecord.Deed(
                    caseFile,
                    found.number(),
                    CaseRecord.chain(found),
                    "case.note",
                    key.toString(),
                    "DONE",
                    ""),
                now,
                request.getRemoteAddr());
          }
          return read(tx, cipher, caseFile).stream()
              .filter(one -> one.id().equals(key.toString()))
              .findFirst()
              .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, "id-used"));
        });
  }

  /** The notes of a case, the newest first. */
  static List<Note> read(Transaction tx, FieldCipher cipher, UUID caseFile) {
    return tx.query(
            """
            select n.id, n.at, n.text, u.username
            from police.note n join identity.account u on u.id = n.account
            where n.case_file = :case order by n.at desc, n.id desc
            """)
        .bind("case", caseFile)
        .map(
            (row, context) ->
                new Note(
                    row.getString("id"),
                    row.getString("username"),
                    row.getTimestamp("at").toInstant(),
                    cipher.open(
                        FieldClass.TEXT,
                        owner(row.getObject("id", UUID.class)),
                        row.getBytes("text"))))
        .list();
  }

  private static String owner(UUID note) {
    return "case-note/" + note;
  }
}
