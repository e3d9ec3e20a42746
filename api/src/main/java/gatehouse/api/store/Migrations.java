package gatehouse.api.store;

import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings the database's schema up to date, as its owner. */
public final class Migrations {

  /** How long a database that is still starting is waited for, in seconds. */
  private static final int PATIENCE = 60;

  private Migrations() {}

  /**
   * Runs what is missing.
   *
   * @param application the role that requests run as; the migrations say what it may do
   */
  public static void run(DatabaseLogin owner, String application) {
    Flyway.configure()
        .dataSource(owner.url(), owner.user(), owner.password())
        .connectRetries(PATIENCE)
        .connectRetriesInterval(1)
        .placeholders(Map.of("application", application))
        .cleanDisabled(true)
        .load()
        .migrate();
  }
}
