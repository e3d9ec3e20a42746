package gatehouse.api.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/** A pool of connections of one database role, and the transactions on it. */
public final class Store implements AutoCloseable {

  private static final Duration PROMPTLY = Duration.ofSeconds(15);

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Store(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
    // An exception goes to the log, and a statement's values may be somebody's name.
    jdbi.configure(
        StatementExceptions.class,
        exceptions -> exceptions.setMessageRendering(StatementExceptions.MessageRendering.NONE));
  }

  /** When the database plans a statement that comes again and again. */
  public enum Plans {
    /** Once a connection, whatever the values. */
    KEPT("force_generic_plan"),
    /** Each time, for the values at hand: a filter that is not given costs nothing. */
    FRESH("force_custom_plan");

    private final String mode;

    Plans(String mode) {
      this.mode = mode;
    }
  }

  /**
   * Opens a pool; it connects when it is first used.
   *
   * @param name shown in metrics and in the database's list of connections
   * @param connections at most so many
   */
  public static Store open(String name, DatabaseLogin login, int connections) {
    return open(name, login, connections, PROMPTLY, Plans.FRESH);
  }

  /** As {@link #open(String, DatabaseLogin, int)}, with statements that are planned so. */
  public static Store open(String name, DatabaseLogin login, int connections, Plans plans) {
    return open(name, login, connections, PROMPTLY, plans);
  }

  /** As {@link #open(String, DatabaseLogin, int)}; a statement takes so long at most. */
  public static Store open(String name, DatabaseLogin login, int connections, Duration longest) {
    return open(name, login, connections, longest, Plans.FRESH);
  }

  private static Store open(
      String name, DatabaseLogin login, int connections, Duration longest, Plans plans) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(login.url());
    config.setUsername(login.user());
    config.setPassword(login.password());
    config.setMaximumPoolSize(connections);
    // A plan is kept as long as its connection.
    config.setMinimumIdle(plans == Plans.KEPT ? connections / 2 : 1);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    config.setKeepaliveTime(60_000);
    config.addDataSourceProperty("ApplicationName", name);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "60");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("logServerErrorDetail", "false");
    config.addDataSourceProperty(
        "options",
        "-c statement_timeout="
            + longest.toMillis()
            + "ms -c plan_cache_mode="
            + plans.mode
            + " -c TimeZone=UTC");
    return new Store(new HikariDataSource(config));
  }

  /** Runs work in one transaction; it sees what this scope may see. */
  public <T extends @Nullable Object> T in(Scope scope, Function<Transaction, T> work) {
    return jdbi.inTransaction(
        handle -> {
          enter(handle, scope);
          Transaction transaction = new Transaction(handle);
          T result = work.apply(transaction);
          transaction.finish();
          return result;
        });
  }

  /** As {@link #in}, without a result. */
  public void run(Scope scope, Consumer<Transaction> work) {
    in(
        scope,
        transaction -> {
          work.accept(transaction);
          return null;
        });
  }

  /** For Spring's session store. */
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }

  private static void enter(Handle handle, Scope scope) {
    handle
        .createQuery(
            """
            select set_config('gatehouse.communities', :communities, true)
                || set_config('gatehouse.role', :role, true)
                || set_config('gatehouse.account', :account, true)
                || set_config('gatehouse.case', :caseFile, true)
                || set_config('gatehouse.duty', :duty, true)
            """)
        .bind("communities", scope.communities())
        .bind("role", scope.role())
        .bind("account", scope.account())
        .bind("caseFile", scope.caseFile())
        .bind("duty", scope.duty())
        .mapTo(String.class)
        .one();
  }
}
