package gatehouse.replay.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of delimited text (RFC 4180 and what is common beside it). A row that cannot be read
 * is reported and left out; the next line begins a new one.
 */
public final class CsvReader {

  /** A quote that is not closed after so many lines was never meant to open a value. */
  private static final int LINES_OF_A_VALUE = 50;

  private final BufferedReader in;
  private final CsvDialect dialect;
  private final Consumer<BadRow> bad;
  private final Columns columns;
  private final Deque<String> putBack = new ArrayDeque<>();
  private int line;
  private int begin;
  private int unreadable;

  /**
   * Reads up to the first row.
   *
   * @param bad told of every row that cannot be read
   */
  public CsvReader(BufferedReader in, CsvDialect dialect, Consumer<BadRow> bad) throws IOException {
    this.in = in;
    this.dialect = dialect;
    this.bad = bad;
    for (int i = 0; i < dialect.skipLines(); i++) {
      nextLine();
    }
    List<String> header = List.of();
    if (dialect.header()) {
      List<String> first = values();
      header = first == null ? List.of() : first;
    }
    this.columns = new Columns(dialect.names().isEmpty() ? header : dialect.names());
  }

  /** What the columns are called. */
  public Columns columns() {
    return columns;
  }

  /** The next row, or null at the end. */
  public @Nullable Row next() throws IOException {
    List<String> values = values();
    return values == null ? null : new Row(begin, values, columns);
  }

  /** How many rows could not be read so far. */
  public int unreadable() {
    return unreadable;
  }

  private @Nullable List<String> values() throws IOException {
    while (true) {
      String text = nextLine();
      if (text == null) {
        return null;
      }
      begin = line;
      if (text.isBlank() || (dialect.comment() != null && text.startsWith(dialect.comment()))) {
        continue;
      }
      List<String> values = split(text);
      if (values != null) {
        return values;
      }
      unreadable++;
      bad.accept(new BadRow(begin, "a quote is opened and never closed."));
    }
  }

  /** The values of the row that begins with this text, or null if a quote is never closed. */
  private @Nullable List<String> split(String first) throws IOException {
    Deque<String> taken = new ArrayDeque<>();
    String text = first;
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    int at = 0;
    while (true) {
      if (at >= text.length()) {
        if (!quoted) {
          values.add(finished(value, wasQuoted));
          return values;
        }
        String more = taken.size() < LINES_OF_A_VALUE ? nextLine() : null;
        if (more == null) {
          while (!taken.isEmpty()) {
            putBack.addFirst(taken.removeLast());
            line--;
          }
          return null;
        }
        taken.addLast(more);
        text = text + '\n' + more;
        continue;
      }
      char c = text.charAt(at);
      if (quoted) {
        if (c == quote() && at + 1 < text.length() && text.charAt(at + 1) == quote()) {
          value.append(c);
          at += 2;
        } else {
          if (c == quote()) {
            quoted = false;
          } else {
            value.append(c);
          }
          at++;
        }
      } else if (text.startsWith(dialect.delimiter(), at)) {
        values.add(finished(value, wasQuoted));
        value.setLength(0);
        wasQuoted = false;
        at += dialect.delimiter().length();
      } else if (dialect.quote() != null && c == quote() && value.toString().isBlank()) {
        value.setLength(0);
        quoted = true;
        wasQuoted = true;
        at++;
      } else {
        value.append(c);
        at++;
      }
    }
  }

  private char quote() {
    return dialect.quote() == null ? '\0' : dialect.quote();
  }

  /** Exports of spreadsheets write ="0012" so that leading zeros stay. */
  private static String finished(StringBuilder value, boolean wasQuoted) {
    String text = value.toString().strip();
    boolean formula =
        !wasQuoted && text.length() > 3 && text.startsWith("=\"") && text.endsWith("\"");
    return formula ? text.substring(2, text.length() - 1) : text;
  }

  private @Nullable String nextLine() throws IOException {
    String text = putBack.isEmpty() ? in.readLine() : putBack.removeFirst();
    if (text != null) {
      line++;
    }
    return text;
  }
}
