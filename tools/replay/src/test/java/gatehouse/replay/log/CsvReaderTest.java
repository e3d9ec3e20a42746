package gatehouse.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CsvReaderTest {

  private final List<BadRow> bad = new ArrayList<>();

  @Test
  void readsQuotedValuesWithDelimitersQuotesAndLineBreaks() throws IOException {
    List<Row> rows = read("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\nlast,row\n", CsvDialect.PLAIN);

    assertThat(rows.get(0).values()).containsExactly("x, \"y\"", "two\nlines");
    assertThat(rows.get(1).values()).containsExactly("last", "row");
    assertThat(rows).extracting(Row::line).containsExactly(2, 4);
  }

  @Test
  void goesOnAfterAQuoteThatIsNeverClosed() throws IOException {
    List<Row> rows = read("a,b\n1,\"open\n2,fine\n", CsvDialect.PLAIN);

    assertThat(bad).extracting(BadRow::line).containsExactly(2);
    assertThat(rows).extracting(Row::line).containsExactly(3);
    assertThat(rows.get(0).values()).containsExactly("2", "fine");
  }

  @Test
  void leavesOutTopLinesCommentsAndEmptyLines() throws IOException {
    CsvDialect dialect = new CsvDialect(";", '"', true, List.of(), StandardCharsets.UTF_8, 2, "#");
    List<Row> rows = read("Export of today\nby nobody\n# note\na;b\n\n# more\n1;2\n", dialect);

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).line()).isEqualTo(7);
    assertThat(rows.get(0).columns().has("b")).isTrue();
  }

  @Test
  void namesTheColumnsOfALogWithoutHeader() throws Exception {
    CsvDialect dialect =
        new CsvDialect("\t", null, false, List.of("when", "what"), StandardCharsets.UTF_8, 0, null);
    List<Row> rows = read("8:00\tdoor \"A\"\n", dialect);

    assertThat(rows.get(0).value(new ColumnRef("what", 0, ""))).isEqualTo("door \"A\"");
    assertThat(rows.get(0).value(new ColumnRef("", 1, ""))).isEqualTo("8:00");
  }

  @Test
  void keepsLeadingZerosThatSpreadsheetsGuardWithAFormula() throws IOException {
    CsvDialect bare = new CsvDialect(",", null, true, List.of(), StandardCharsets.UTF_8, 0, null);

    assertThat(read("card\n=\"0012\"\n", bare).get(0).values()).containsExactly("0012");
  }

  @Test
  void unpacksAndDecodes() throws IOException {
    Charset gbk = Charset.forName("GBK");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("门,方向\n东门,进\n".getBytes(gbk));
    }

    try (BufferedReader text =
        LogFile.decode(new ByteArrayInputStream(packed.toByteArray()), gbk)) {
      assertThat(text.lines()).containsExactly("门,方向", "东门,进");
    }
  }

  @Test
  void believesAByteOrderMark() throws IOException {
    byte[] marked = "\uFEFFa,b\n".getBytes(StandardCharsets.UTF_16LE);

    try (BufferedReader text =
        LogFile.decode(new ByteArrayInputStream(marked), StandardCharsets.UTF_8)) {
      assertThat(text.lines()).containsExactly("a,b");
    }
  }

  private List<Row> read(String text, CsvDialect dialect) throws IOException {
    CsvReader reader = new CsvReader(new BufferedReader(new StringReader(text)), dialect, bad::add);
    List<Row> rows = new ArrayList<>();
    for (Row row = reader.next(); row != null; row = reader.next()) {
      rows.add(row);
    }
    return rows;
  }
}
