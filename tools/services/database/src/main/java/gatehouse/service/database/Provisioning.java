package gatehouse.service.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Roles and databases, made if missing. Names and passwords are quoted by the server itself. */
final class Provisioning {
  private final Connection connection;

  Provisioning(Connection superuser) {
    this.connection = superuser;
  }

  Provisioning role(String name, String password) throws SQLException {
    if (!exists("select 1 from pg_roles where rolname = ?", name)) {
      run("create role %I", name);
    }
    run(
        "alter role %I with login nosuperuser nocreatedb nocreaterole nobypassrls password %L",
        name, password);
    return this;
  }

  Provisioning database(String name, String owner, String application) throws SQLException {
    if (!exists("select 1 from pg_database where datname = ?", name)) {
      run("create database %I owner %I", name, owner);
    }
    run("revoke all on database %I from public", name);
    run("grant connect on database %I to %I", name, application);
    return this;
  }

  private boolean exists(String query, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void run(String template, String... values) throws SQLException {
    String command;
    try (PreparedStatement statement =
        connection.prepareStatement("select format(?, variadic ?)")) {
      statement.setString(1, template);
      statement.setArray(2, connection.createArrayOf("text", values));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        command = rows.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
