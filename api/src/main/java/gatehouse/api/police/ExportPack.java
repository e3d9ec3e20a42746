package gatehouse.api.police;

import gatehouse.api.accesslog.CsvText;
import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.purpose.CaseScope;
import gatehouse.api.store.Transaction;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pack of a case: what is known in it, with the rows of every look-up that was shown, its chain
 * of custody, and a manifest with the hash of each file. It is written as it is read.
 */
@Component
final class ExportPack {

  private final CaseStore cases;
  private final LookUpStore lookUps;
  private final Passages passages;
  private final FieldCipher cipher;
  private final JsonMapper json;

  ExportPack(
      CaseStore cases,
      LookUpStore lookUps,
      Passages passages,
      FieldCipher cipher,
      JsonMapper json) {
    this.cases = cases;
    this.lookUps = lookUps;
    this.passages = passages;
    this.cipher = cipher;
    this.json = json;
  }

  /** Whose pack it is: who took it, when, why, and who approved. */
  record Watermark(String account, Instant time, String reason, List<String> approvedBy) {}

  private record Manifest(
      String caseNumber, Watermark watermark, List<PackWriter.Written> files, String sha256) {}

  /**
   * Writes the pack.
   *
   * @return the SHA-256 of the whole, as the manifest says it
   */
  String write(Transaction tx, CaseScope scope, Watermark watermark, OutputStream out)
      throws IOException {
    PackWriter pack = new PackWriter(out);
    pack.add(
        "case.json",
        to -> to.write(json.writeValueAsString(cases.find(tx, scope.id()).orElseThrow())));
    pack.add("notes.jsonl", to -> lines(to, NoteRoutes.read(tx, cipher, scope.id())));
    pack.add("alerts.jsonl", to -> alerts(tx, scope.id(), to));
    List<LookUpStore.Row> shown =
        lookUps.ofCase(tx, scope.id()).stream().filter(row -> mayLeave(tx, row, scope)).toList();
    pack.add(
        "look-ups.jsonl",
        to -> lines(to, shown.stream().map(row -> row.view(scope.number())).toList()));
    pack.add("passages.csv", to -> passages(tx, shown, scope, to));
    pack.add("custody.csv", to -> custody(tx, scope.id(), to));
    String whole = pack.whole();
    Manifest manifest = new Manifest(scope.number(), watermark, pack.files(), whole);
    pack.add("manifest.json", to -> to.write(json.writeValueAsString(manifest)));
    pack.finish();
    return whole;
  }

  /** What could not be shown without a second person does not leave without one either. */
  private boolean mayLeave(Transaction tx, LookUpStore.Row row, CaseScope scope) {
    return !row.approvers().isEmpty()
        || LookUpRoutes.subjects(passages.answer(tx, row.question(), scope))
            <= LookUpRoutes.MOST_UNAPPROVED;
  }

  private void lines(Writer to, List<?> rows) throws IOException {
    for (Object row : rows) {
      to.write(json.writeValueAsString(row));
      to.write('\n');
    }
  }

  private static void alerts(Transaction tx, UUID caseFile, Writer to) throws IOException {
    List<String> details =
        tx.query(
                """
                select a.detail::text from police.attachment t join alert.alert a on a.id = t.alert
                where t.case_file = :case order by t.at, a.id
                """)
            .bind("case", caseFile)
            .mapTo(String.class)
            .list();
    for (String detail : details) {
      to.write(detail);
      to.write('\n');
    }
  }

  private void passages(Transaction tx, List<LookUpStore.Row> shown, CaseScope scope, Writer to)
      throws IOException {
    to.write(
        CsvText.line(
            "look_up",
            "time",
            "community",
            "place",
            "place_name",
            "device",
            "id",
            "subject_type",
            "subject",
            "direction",
            "outcome"));
    for (LookUpStore.Row lookUp : shown) {
      for (Passage row : passages.answer(tx, lookUp.question(), scope)) {
        to.write(
            CsvText.line(
                lookUp.id(),
                row.time(),
                row.community(),
                row.place(),
                row.placeName(),
                row.device(),
                row.id(),
                row.subjectType(),
                row.subject(),
                row.direction(),
                row.outcome()));
      }
    }
  }

  private record Deed(Instant at, String who, String action, String object, String detail) {}

  private static void custody(Transaction tx, UUID caseFile, Writer to) throws IOException {
    to.write(CsvText.line("time", "who", "action", "object", "detail"));
    List<Deed> deeds =
        tx.query(
                """
                select h.*, u.username
                from police.history h join identity.account u on u.id = h.account
                where h.case_file = :case order by h.seq
                """)
            .bind("case", caseFile)
            .map(
                (row, context) ->
                    new Deed(
                        row.getTimestamp("at").toInstant(),
                        row.getString("username"),
                        row.getString("action"),
                        row.getString("object"),
                        row.getString("detail")))
            .list();
    for (Deed deed : deeds) {
      to.write(CsvText.line(deed.at(), deed.who(), deed.action(), deed.object(), deed.detail()));
    }
  }
}
