package gatehouse.api.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items the rows
 * @param next cursor of the next page; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

  private static final int USUAL = 50;
  private static final int MOST = 200;

  /** How many rows a page has. */
  public static int size(@Nullable Integer asked) {
    if (asked == null) {
      return USUAL;
    }
    if (asked < 1 || asked > MOST) {
      throw Refusal.badValue("limit");
    }
    return asked;
  }

  /** A page out of the rows of a query that was asked for one more than the page holds. */
  public static <R, T> Page<T> of(
      List<R> rows, int size, Function<R, T> view, Function<R, Cursor> cursor) {
    boolean more = rows.size() > size;
    List<R> shown = more ? rows.subList(0, size) : rows;
    return new Page<>(
        shown.stream().map(view).toList(), more ? cursor.apply(shown.get(size - 1)).text() : null);
  }
}
