package gatehouse.api.police;

import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What was asked in cases. */
@Component
final class LookUpStore {

  private final JsonMapper json;

  LookUpStore(JsonMapper json) {
    this.json = json;
  }

  /** A question that was asked. */
  record Row(
      UUID id,
      UUID caseFile,
      Question question,
      UUID askedBy,
      String username,
      Instant askedAt,
      List<String> approvers) {

    LookUpView view(String number) {
      return new LookUpView(
          id.toString(),
          caseFile.toString(),
          number,
          question,
          username,
          askedAt,
          approvers,
          null,
          null,
          null,
          false);
    }
  }

  /** Keeps a question; one that is there under the id stays as it is. */
  void ask(
      Transaction tx, UUID id, UUID caseFile, Question question, Account account, Instant now) {
    tx.update(
            """
            insert into police.look_up (id, case_file, account, question, at)
            values (:id, :case, :account, :question::jsonb, :now) on conflict do nothing
            """)
        .bind("id", id)
        .bind("case", caseFile)
        .bind("account", account.id())
        .bind("question", json.writeValueAsString(question))
        .bind("now", now)
        .execute();
  }

  /** Those of a case, the newest first, at most 1 000. */
  List<Row> ofCase(Transaction tx, UUID caseFile) {
    return rows(tx, caseFile, null);
  }

  /**
   * One of a case.
   *
   * @throws Refusal not-found
   */
  Row find(Transaction tx, UUID caseFile, UUID id) {
    return rows(tx, caseFile, id).stream().findFirst().orElseThrow(Refusal::notFound);
  }

  private List<Row> rows(Transaction tx, UUID caseFile, @Nullable UUID id) {
    return tx.query(
            """
            select l.*, u.username,
              array(select a.username from police.approval p
                    join identity.account a on a.id = p.account
                    where p.deed = 'LOOK_UP' and p.thing = l.id and p.account <> l.account
                    order by p.at, 1) as approvers
            from police.look_up l join identity.account u on u.id = l.account
            where l.case_file = :case and (:id::uuid is null or l.id = :id)
            order by l.at desc, l.id desc limit 1000
            """)
        .bind("case", caseFile)
        .bind("id", id)
        .map((row, context) -> read(row))
        .list();
  }

  private Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getObject("case_file", UUID.class),
        json.readValue(row.getString("question"), Question.class),
        row.getObject("account", UUID.class),
        row.getString("username"),
        row.getTimestamp("at").toInstant(),
        Arrays.asList((String[]) row.getArray("approvers").getArray()));
  }
}
