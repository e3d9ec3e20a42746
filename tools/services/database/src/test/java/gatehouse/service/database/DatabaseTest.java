package gatehouse.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  private final Path dir;

  DatabaseTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void keepsItsRowsAndItsPasswordOverRestarts() throws Exception {
    String password;
    try (Database database = Database.start(dir, 0);
        Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement()) {
      password = database.superuserPassword();
      statement.execute("create table visits(id int)");
      statement.execute("insert into visits values (7)");
    }
    try (Database database = Database.start(dir, 0)) {
      assertThat(database.superuserPassword()).isEqualTo(password);
      assertThat(query(database, "select id from visits")).isEqualTo("7");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(dir.resolve("superuser.password"))))
        .isEqualTo("rw-------");
  }

  @Test
  void isDurableListensOnLoopbackOnlyAndAsksEverybodyForAPassword() throws Exception {
    try (Database database = Database.start(dir, 0)) {
      assertThat(query(database, "show fsync")).isEqualTo("on");
      assertThat(query(database, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(database, "show server_encoding")).isEqualTo("UTF8");
      assertThat(query(database, "show max_connections")).isEqualTo("100");
      assertThat(query(database, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(database, "show unix_socket_directories")).isEmpty();
      assertThat(
              query(
                  database, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                          database.jdbcUrl("postgres"), database.superuser(), "guess")
                      .close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void provisionsADatabaseThatTheApplicationMayEnterButNotOwn() throws Exception {
    try (Database database = Database.start(dir, 0)) {
      database.provision("city", "city_owner", "o'ne", "city_app", "two");
      database.provision("city", "city_owner", "o'ne again", "city_app", "two");
      try (Connection owner =
              DriverManager.getConnection(database.jdbcUrl("city"), "city_owner", "o'ne again");
          Statement statement = owner.createStatement()) {
        statement.execute("create table doors(id int)");
      }
      try (Connection application =
              DriverManager.getConnection(database.jdbcUrl("city"), "city_app", "two");
          Statement statement = application.createStatement()) {
        assertThatThrownBy(() -> statement.execute("create table mine(id int)"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> statement.execute("select * from doors"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void takesOverFromAServerThatAKilledProcessLeftBehind() throws Exception {
    Path secret = Files.writeString(dir.resolve("any.password"), "any");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DatabaseMain.class.getName());
    builder
        .environment()
        .putAll(
            Map.of(
                "GATEHOUSE_DATABASE_DIR",
                dir.toString(),
                "GATEHOUSE_DATABASE_PORT",
                "0",
                "GATEHOUSE_DATABASE_OWNER_USER",
                "city_owner",
                "GATEHOUSE_DATABASE_OWNER_PASSWORD_FILE",
                secret.toString(),
                "GATEHOUSE_DATABASE_USER",
                "city_app",
                "GATEHOUSE_DATABASE_PASSWORD_FILE",
                secret.toString()));
    Process killed = builder.redirectErrorStream(true).start();
    assertThat(killed.inputReader().lines().filter(line -> line.startsWith("READY")).findFirst())
        .hasValueSatisfying(line -> assertThat(line).startsWith("READY database "));
    assertThat(killed.waitFor(2, TimeUnit.SECONDS)).as("ends by itself").isFalse();
    long orphan = serverProcess();
    killed.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isPresent();

    try (Database database = Database.start(dir, 0)) {
      assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(query(database, "select datname from pg_database where datname = 'gatehouse'"))
          .isEqualTo("gatehouse");
    }
  }

  @Test
  void startsAfreshWhereTheFirstStartWasInterrupted() throws Exception {
    Path data = Files.createDirectories(dir.resolve("data"));
    Files.writeString(data.resolve("postgresql.conf"), "# initdb got as far as this");
    try (Database database = Database.start(dir, 0)) {
      assertThat(query(database, "select 1")).isEqualTo("1");
    }
  }

  private long serverProcess() throws IOException {
    return Long.parseLong(Files.readAllLines(dir.resolve("data").resolve("postmaster.pid")).get(0));
  }

  private static String query(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
