package gatehouse.api.registry;

import gatehouse.api.accesslog.CsvText;
import gatehouse.api.export.ExportKind;
import gatehouse.api.export.ExportSource;
import gatehouse.api.export.ExportWish;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The registry as CSV, in the form that the import reads. */
@Component
final class RegistryExport implements ExportSource {

  private static final int MOST_ROWS = 20_000;

  private final RegistryStore rows;
  private final Clock clock;

  RegistryExport(RegistryStore rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  @Override
  public ExportKind what() {
    return ExportKind.REGISTRY;
  }

  @Override
  public void check(Account account, ExportWish wish) {
    kind(account, wish);
  }

  @Override
  public void write(Transaction tx, Account account, ExportWish wish, Writer out) {
    RegistryKind kind = kind(account, wish);
    write(kind, rows(tx, kind, wish.community()), out);
  }

  /** Everything of a kind that holds now. */
  List<RegistryRow> rows(Transaction tx, RegistryKind kind, String community) {
    return rows.list(
        tx,
        kind,
        new RegistryStore.Filter(community, null, null, clock.instant(), null, MOST_ROWS));
  }

  void write(RegistryKind kind, List<RegistryRow> found, Writer out) {
    List<String> header = new ArrayList<>(rows.shape(kind).columns());
    header.add("validFrom");
    header.add("validTo");
    try {
      out.write(CsvText.line(header.toArray()));
      for (RegistryRow row : found) {
        List<@Nullable Object> cells = new ArrayList<>(rows.shape(kind).cells(row.fields()));
        cells.add(row.validFrom());
        cells.add(row.validTo());
        out.write(CsvText.line(cells.toArray()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RegistryKind kind(Account account, ExportWish wish) {
    if (wish.registryKind() == null) {
      throw Refusal.badValue("registryKind");
    }
    return RegistryKind.readable(wish.registryKind(), account);
  }
}
