package gatehouse.api.audit;

import gatehouse.api.store.Store;
import gatehouse.api.store.StoreAway;
import gatehouse.config.ConfigException;
import gatehouse.config.ConfigLoader;

/**
 * Checks the audit log of a database. Exit code 0 if it is whole, 1 if not, 78 if it cannot tell.
 */
public final class VerifyMain {

  private static final int BROKEN = 1;
  private static final int CANNOT_TELL = 78;

  private VerifyMain() {}

  /** Reads where the database is from this process's environment. */
  public static void main(String[] args) {
    try (Store owner =
        Store.open("gatehouse-audit", ConfigLoader.load(AuditSettings.class).owner(), 1)) {
      Verification found = Verification.of(owner);
      found.lines().forEach(System.out::println);
      if (!found.isWhole()) {
        System.exit(BROKEN);
      }
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(CANNOT_TELL);
    } catch (RuntimeException e) {
      if (!StoreAway.causes(e)) {
        throw e;
      }
      System.err.println("The database does not answer. Maybe ./gatehouse status.");
      System.exit(CANNOT_TELL);
    }
  }
}
