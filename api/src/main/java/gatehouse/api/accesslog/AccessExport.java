package gatehouse.api.accesslog;

import gatehouse.api.export.ExportKind;
import gatehouse.api.export.ExportSource;
import gatehouse.api.export.ExportWish;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Transaction;
import java.io.IOException;
import java.io.Writer;
import org.springframework.stereotype.Component;

/** The access log in bulk, masked. Never one subject's: that would be a movement profile. */
@Component
final class AccessExport implements ExportSource {

  private final AccessLogStore log;

  AccessExport(AccessLogStore log) {
    this.log = log;
  }

  @Override
  public ExportKind what() {
    return ExportKind.ACCESS_LOG;
  }

  @Override
  public void check(Account account, ExportWish wish) {}

  @Override
  public void write(Transaction tx, Account account, ExportWish wish, Writer out)
      throws IOException {
    AccessFilter filter =
        new AccessFilter(wish.community(), wish.place(), null, null, wish.from(), wish.to());
    AccessCsv.header(out);
    log.each(tx, account, filter, row -> AccessCsv.row(out, row));
  }
}
