package gatehouse.api.export;

import gatehouse.api.identity.Account;
import gatehouse.api.store.Transaction;
import java.io.IOException;
import java.io.Writer;

/** Where the rows of an export come from. */
public interface ExportSource {

  /** What it writes. */
  ExportKind what();

  /**
   * Checks a wish before somebody is asked to approve it.
   *
   * @throws gatehouse.api.http.Refusal if there is no such thing for the account
   */
  void check(Account account, ExportWish wish);

  /** Writes the header and the rows as CSV, as the account may see them. */
  void write(Transaction tx, Account account, ExportWish wish, Writer out) throws IOException;
}
