package gatehouse.api.store;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.io.IOException;
import java.io.Reader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
  private final SortedMap<String, List<Runnable>> last = new TreeMap<>();

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

  /**
   * Puts work off until all else is done, just before the commit: whatever it locks is locked for
   * that moment only. If it fails, nothing of the transaction has happened.
   *
   * @param thing what it locks; transactions that come to several things take them in one order, so
   *     that no two wait for each other
   */
  public void last(String thing, Runnable work) {
    last.computeIfAbsent(thing, key -> new ArrayList<>()).add(work);
  }

  /** Does what was put off. */
  void finish() {
    last.values().forEach(works -> works.forEach(Runnable::run));
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
