package gatehouse.api.person;

import gatehouse.api.accesslog.CsvText;
import gatehouse.api.export.ExportKind;
import gatehouse.api.export.ExportSource;
import gatehouse.api.export.ExportWish;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Transaction;
import java.io.IOException;
import java.io.Writer;
import org.springframework.stereotype.Component;

/** Persons of a community as CSV, masked: no file ever holds them in clear. */
@Component
final class PersonExport implements ExportSource {

  private static final int MOST_ROWS = 50_000;

  private final PersonStore persons;

  PersonExport(PersonStore persons) {
    this.persons = persons;
  }

  @Override
  public ExportKind what() {
    return ExportKind.PERSONS;
  }

  @Override
  public void check(Account account, ExportWish wish) {}

  @Override
  public void write(Transaction tx, Account account, ExportWish wish, Writer out)
      throws IOException {
    out.write(CsvText.line("person", "name", "id_number", "phone", "way_in", "guardian"));
    for (Person one : persons.list(tx, wish.community(), null, MOST_ROWS)) {
      Person masked = one.masked();
      out.write(
          CsvText.line(
              masked.person(),
              masked.name(),
              masked.idNumber(),
              masked.phone(),
              masked.nonFaceWay(),
              masked.guardian()));
    }
  }
}
