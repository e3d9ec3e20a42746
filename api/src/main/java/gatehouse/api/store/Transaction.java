package gatehouse.api.store;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.io.IOException;
import java.io.Reader;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.postgresql.PGConnection;

/**
 * A database transaction. SQL is a constant of the program, or the compiler refuses it; whatever
 * comes from outside is bound.
 */
public final class Transaction {

  private final Handle handle;

  Transaction(Handle handle) {
    this.handle = handle;
  }

  /** Reads rows. */
  public Query query(@CompileTimeConstant String sql) {
    return handle.createQuery(sql);
  }

  /** Writes rows. */
  public Update update(@CompileTimeConstant String sql) {
    return handle.createUpdate(sql);
  }

  /** Writes many rows with one statement. */
  public PreparedBatch batch(@CompileTimeConstant String sql) {
    return handle.prepareBatch(sql);
  }

  /** Runs a statement without values. */
  public void execute(@CompileTimeConstant String sql) {
    handle.execute(sql);
  }

  /** Sends rows in COPY's text format. */
  public void copy(@CompileTimeConstant String sql, Reader rows) throws SQLException, IOException {
    handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(sql, rows);
  }
}
