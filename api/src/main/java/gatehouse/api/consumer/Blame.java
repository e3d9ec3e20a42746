package gatehouse.api.consumer;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a record that can never be written from a database that cannot write it now. Only the first
 * may be left out; everything else is tried again, or it would be lost for a lock, a full disk or a
 * missing right.
 */
final class Blame {

  /** Data exception, integrity constraint, cardinality, a limit of the program. */
  private static final Set<String> OF_RECORDS = Set.of("21", "22", "23", "54");

  private Blame() {}

  static boolean isTheRecords(RuntimeException failure) {
    SQLException sql = sqlOf(failure);
    if (sql == null) {
      return true;
    }
    String state = sql.getSQLState();
    return state != null && state.length() == 5 && OF_RECORDS.contains(state.substring(0, 2));
  }

  private static @Nullable SQLException sqlOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
