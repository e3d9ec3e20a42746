package gatehouse.api.store;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from a statement that is wrong. */
public final class StoreAway {

  private StoreAway() {}

  /** Whether the same request may work in a moment. */
  public static boolean causes(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || (cause instanceof SQLException sql && isConnection(sql))
          || (cause instanceof IOException && isBrokenPipeToDatabase(cause))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isConnection(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      // The pool's own words for a connection that broke while it was in use.
      return "Connection is closed".equals(failure.getMessage());
    }
    // Connection; operator's hand or a time limit; resources; a lock; read-only for now.
    return state.startsWith("08")
        || state.startsWith("57")
        || state.startsWith("53")
        || state.startsWith("40")
        || state.equals("55P03")
        || state.equals("25006");
  }

  private static boolean isBrokenPipeToDatabase(Throwable cause) {
    return (cause instanceof SocketException || cause instanceof EOFException)
        && java.util.Arrays.stream(cause.getStackTrace())
            .anyMatch(frame -> frame.getClassName().startsWith("org.postgresql."));
  }
}
