package gatehouse.service.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a process of its own. Environment: {@code GATEHOUSE_DATABASE_DIR}, {@code
 * GATEHOUSE_DATABASE_PORT} (5433), and what to make sure of: {@code GATEHOUSE_DATABASE_NAME}
 * (gatehouse), {@code GATEHOUSE_DATABASE_OWNER_USER} with {@code
 * GATEHOUSE_DATABASE_OWNER_PASSWORD_FILE}, {@code GATEHOUSE_DATABASE_USER} with {@code
 * GATEHOUSE_DATABASE_PASSWORD_FILE}. Prints {@code READY database PORT} and ends with SIGTERM.
 */
public final class DatabaseMain {
  private static final Logger log = LoggerFactory.getLogger(DatabaseMain.class);

  private DatabaseMain() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> environment = System.getenv();
    Database database =
        Database.start(
            Path.of(required(environment, "GATEHOUSE_DATABASE_DIR")),
            Integer.parseInt(environment.getOrDefault("GATEHOUSE_DATABASE_PORT", "5433")),
            ProcessBuilder.Redirect.INHERIT);
    database.provision(
        environment.getOrDefault("GATEHOUSE_DATABASE_NAME", "gatehouse"),
        required(environment, "GATEHOUSE_DATABASE_OWNER_USER"),
        secret(environment, "GATEHOUSE_DATABASE_OWNER_PASSWORD_FILE"),
        required(environment, "GATEHOUSE_DATABASE_USER"),
        secret(environment, "GATEHOUSE_DATABASE_PASSWORD_FILE"));
    System.out.println("READY database " + database.port());
    database.awaitEnd();
    log.error("PostgreSQL has ended");
    // Blocks if the end was asked for: then the stop is under way already.
    System.exit(1);
  }

  private static String secret(Map<String, String> environment, String name) throws IOException {
    return Files.readString(Path.of(required(environment, name))).strip();
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " is not set. Maybe start PostgreSQL by ./gatehouse up, which sets it.");
    }
    return value;
  }
}
