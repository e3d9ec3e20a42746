package gatehouse.api.audit;

import gatehouse.api.store.DatabaseLogin;
import gatehouse.config.Key;
import gatehouse.config.Secret;

/** Where the audit log is that is to be checked. */
public record AuditSettings(
    @Key(
            value = "database.url",
            says = "JDBC address of the database.",
            byDefault = "jdbc:postgresql://127.0.0.1:5433/gatehouse")
        String databaseUrl,
    @Key(
            value = "database.owner-user",
            says = "Role that owns the tables.",
            byDefault = "gatehouse_owner")
        String databaseOwnerUser,
    @Key(value = "database.owner-password", says = "Password of that role.")
        Secret databaseOwnerPassword) {

  /** The log-in of the owner. */
  public DatabaseLogin owner() {
    return new DatabaseLogin(databaseUrl, databaseOwnerUser, databaseOwnerPassword.revealText());
  }
}
