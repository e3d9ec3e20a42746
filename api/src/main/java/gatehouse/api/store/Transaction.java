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

  /** Waits for a lock that the transaction then has until it ends. */
  public void hold(Lock lock) {
    handle
        .createQuery("select pg_advisory_xact_lock(:lock::bigint)")
        .bind("lock", lock.number())
        .mapTo(String.class)
        .one();
  }

  /** As {@link #hold(Lock)}, of one thing among many. */
  public void hold(Lock lock, String thing) {
    handle
        .createQuery("select pg_advisory_xact_lock(:lock, hashtext(:thing))")
        .bind("lock", lock.number())
        .bind("thing", thing)
        .mapTo(String.class)
        .one();
  }

  /** Takes a lock if nobody else has it. */
  public boolean tryHold(Lock lock) {
    return handle
        .createQuery("select pg_try_advisory_xact_lock(:lock::bigint)")
        .bind("lock", lock.number())
        .mapTo(Boolean.class)
        .one();
  }

  /** As {@link #tryHold(Lock)}, of one thing among many. */
  public boolean tryHold(Lock lock, String thing) {
    return handle
        .createQuery("select pg_try_advisory_xact_lock(:lock, hashtext(:thing))")
        .bind("lock", lock.number())
        .bind("thing", thing)
        .mapTo(Boolean.class)
        .one();
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
