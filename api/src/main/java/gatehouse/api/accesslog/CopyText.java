package gatehouse.api.accesslog;

import org.jspecify.annotations.Nullable;

/** Rows in the text format of PostgreSQL's COPY. */
final class CopyText {

  private final StringBuilder rows = new StringBuilder();
  private boolean first = true;

  /** Adds a value to the row; null is SQL's null. */
  CopyText value(@Nullable Object value) {
    if (!first) {
      rows.append('\t');
    }
    first = false;
    if (value == null) {
      rows.append("\\N");
      return this;
    }
    String text = value.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        // PostgreSQL's texts cannot hold it.
        case '\0' -> rows.append('\uFFFD');
        default -> rows.append(c);
      }
    }
    return this;
  }

  /** Ends the row. */
  void end() {
    rows.append('\n');
    first = true;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  String text() {
    return rows.toString();
  }
}
