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
 * Accounts of each role and duty, in a file for the API. Their passwords stay from the first start
 * on.
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
    List<String> all = List.of("*");
    accounts.add(account("police", "Police on duty", "POLICE", "ANALYST", all));
    accounts.add(account("detective", "Detective", "POLICE", "ANALYST", all));
    accounts.add(account("supervisor", "Police supervisor", "POLICE", "SUPERVISOR", all));
    accounts.add(account("property", "Property office", "PROPERTY", "MANAGER", communities));
    accounts.add(account("manager", "Property manager", "PROPERTY", "MANAGER", communities));
    accounts.add(account("guard", "Guard at the gate", "PROPERTY", "GUARD", communities));
    accounts.add(account("operations", "Operations", "OPERATIONS", "NONE", communities));
    accounts.add(account("auditor", "Auditor", "AUDITOR", "NONE", all));
    accounts.add(
        account("resident", "Resident", "RESIDENT", "NONE", home, residentDoors, residentPersons));
    SecretFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(accounts));
  }

  private DemoAccount account(
      String username, String displayName, String role, String duty, List<String> communities)
      throws IOException {
    return account(username, displayName, role, duty, communities, List.of(), List.of());
  }

  private DemoAccount account(
      String username,
      String displayName,
      String role,
      String duty,
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
        username, password, displayName, role, duty, LOCALE, communities, doors, persons);
  }
}
