package gatehouse.service.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A PostgreSQL server of its own, with its data in one directory.
 *
 * <p>What is committed is on disk. Every login needs a password, the superuser's included; that one
 * is made at the first start.
 */
public final class Database implements AutoCloseable {
  private static final String SUPERUSER = "postgres";
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;
  private final Path data;
  private final Path passwordFile;
  private final String password;

  private Database(EmbeddedPostgres postgres, Path data, Path passwordFile, String password) {
    this.postgres = postgres;
    this.data = data;
    this.passwordFile = passwordFile;
    this.password = password;
  }

  /**
   * Starts a server on the loopback interface. A server that an earlier, killed process left behind
   * on the same directory is stopped first. The server ends with this JVM, closed or not, unless
   * the JVM is killed.
   *
   * @param dir holds the data and the superuser's password; created if missing
   * @param port 0 for a free one
   * @throws IOException if the server does not come up
   */
  public static Database start(Path dir, int port) throws IOException {
    Files.createDirectories(dir);
    return start(dir, port, ProcessBuilder.Redirect.to(dir.resolve("server.log").toFile()));
  }

  /** As {@link #start(Path, int)}; the server writes what it has to say to {@code log}. */
  static Database start(Path dir, int port, ProcessBuilder.Redirect log) throws IOException {
    Path home = Files.createDirectories(dir.toAbsolutePath());
    Path data = home.resolve("data");
    Path passwordFile = home.resolve("superuser.password");
    Path initialised = home.resolve("initialised");

    ServerProcess.stopLeftOver(data);
    if (!Files.exists(initialised)) {
      // A first start that was interrupted leaves a directory that PostgreSQL cannot use.
      Folders.delete(data);
      writeSecret(passwordFile, newPassword());
    }
    String password = Files.readString(passwordFile).strip();
    EmbeddedPostgres postgres =
        Binaries.unpackedOnce(
            binaries ->
                EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(true)
                    .setPort(port)
                    // These reach initdb as options. Its command line begins with -A trust; the
                    // last one counts, so there is no moment without a password.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setLocaleConfig("encoding", "UTF8")
                    .setConnectConfig("password", password)
                    .setServerConfig("listen_addresses", LOOPBACK)
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setPGStartupWait(START_LIMIT)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start());
    Files.writeString(initialised, "");
    return new Database(postgres, data, passwordFile, password);
  }

  public int port() {
    return postgres.getPort();
  }

  /** The address of a database on this server, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + LOOPBACK + ":" + port() + "/" + database;
  }

  public String superuser() {
    return SUPERUSER;
  }

  public String superuserPassword() {
    return password;
  }

  /** Mode 600, holds the superuser's password and nothing else. */
  public Path superuserPasswordFile() {
    return passwordFile;
  }

  /** Connects to a database as the superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password);
  }

  /**
   * Makes sure that a database exists, owned by {@code owner}, and that both roles can log in with
   * these passwords. Neither role has any right beyond its own tables; what the application role
   * may do with the owner's tables is for the owner's migrations to say.
   */
  public void provision(
      String database,
      String owner,
      String ownerPassword,
      String application,
      String applicationPassword)
      throws SQLException {
    try (Connection connection = connect(SUPERUSER)) {
      new Provisioning(connection)
          .role(owner, ownerPassword)
          .role(application, applicationPassword)
          .database(database, owner, application);
    }
  }

  /** Returns when the server process has ended, for whatever reason. */
  public void awaitEnd() throws IOException {
    ServerProcess.find(data).ifPresent(server -> server.onExit().join());
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  private static String newPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static void writeSecret(Path file, String secret) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret + "\n", StandardCharsets.UTF_8);
  }
}
