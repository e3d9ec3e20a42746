package gatehouse.launcher.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One account of each role, in a file for the API. Their passwords stay from the first start on.
 */
final class DemoAccounts {
  private static final String LOCALE = "en";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;

  DemoAccounts(Path file) {
    this.file = file;
  }

  List<DemoAccount> read() throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), new TypeReference<List<DemoAccount>>() {});
    } catch (JacksonException e) {
      throw new IOException(
          file + " is not a list of accounts. Maybe delete it: the next start makes new ones.", e);
    }
  }

  /**
   * Writes the accounts for a city.
   *
   * @param communities property and operations see all of them, the resident lives in the first
   * @param residentDoors doors that the resident may open, {@code community:door} each
   * @param residentPersons who the resident is in the registry, {@code community:person} each
   */
  void write(List<String> communities, List<String> residentDoors, List<String> residentPersons)
      throws IOException {
    List<String> home = communities.isEmpty() ? List.of() : communities.subList(0, 1);
    List<DemoAccount> accounts = new ArrayList<>();
    accounts.add(account("police", "Police on duty", "POLICE", List.of("*"), List.of(), List.of()));
    accounts.add(
        account("property", "Property office", "PROPERTY", communities, List.of(), List.of()));
    accounts.add(
        account("operations", "Operations", "OPERATIONS", communities, List.of(), List.of()));
    accounts.add(account("resident", "Resident", "RESIDENT", home, residentDoors, residentPersons));
    SecretFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(accounts));
  }

  private DemoAccount account(
      String username,
      String displayName,
      String role,
      List<String> communities,
      List<String> doors,
      List<String> persons)
      throws IOException {
    String password = SecretFile.readable();
    if (Files.exists(file)) {
      for (DemoAccount before : read()) {
        if (before.username().equals(username)) {
          password = before.password();
        }
      }
    }
    return new DemoAccount(
        username, password, displayName, role, LOCALE, communities, doors, persons);
  }
}
