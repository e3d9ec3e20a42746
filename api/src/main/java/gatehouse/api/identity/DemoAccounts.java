package gatehouse.api.identity;

import gatehouse.api.ApiSettings;
import gatehouse.api.store.Scope;
import gatehouse.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the accounts of a file where they are missing. Their passwords were made by whoever wrote
 * the file; there is none in the program.
 */
@Component
final class DemoAccounts implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(DemoAccounts.class);
  private static final String KEY = "GATEHOUSE_DEMO_ACCOUNTS_FILE";
  private static final int SHORTEST = 12;

  private final ApiSettings settings;
  private final AccountStore accounts;
  private final ExternalSubjects subjects;
  private final Passwords passwords;
  private final JsonMapper json;

  DemoAccounts(
      ApiSettings settings,
      AccountStore accounts,
      ExternalSubjects subjects,
      Passwords passwords,
      JsonMapper json) {
    this.settings = settings;
    this.accounts = accounts;
    this.subjects = subjects;
    this.passwords = passwords;
    this.json = json;
  }

  /**
   * One account of the file.
   *
   * @param communities ids, or {@code *} for all
   * @param doors ids of doors it may open, as {@code community:door} if it has several communities
   * @param persons ids of who it is in the registry, written like the doors
   * @param subject who it is at the identity provider
   */
  record Entry(
      String username,
      String password,
      String displayName,
      Role role,
      @Nullable Duty duty,
      @Nullable String locale,
      @Nullable List<String> communities,
      @Nullable List<String> doors,
      @Nullable List<String> persons,
      @Nullable String subject) {

    @Override
    public String toString() {
      return "Entry";
    }
  }

  @Override
  public void run(ApplicationArguments arguments) {
    Path file = settings.demoAccountsFile();
    if (file.toString().isEmpty()) {
      return;
    }
    int created = 0;
    for (Entry entry : read(file)) {
      if (!accounts.exists(entry.username())) {
        accounts.create(account(entry));
        link(entry);
        created++;
      }
    }
    if (created > 0) {
      log.info("Created {} demo accounts", created);
    }
  }

  private void link(Entry entry) {
    if (entry.subject() != null && !settings.oidcIssuer().isEmpty()) {
      subjects.provision(entry.username(), settings.oidcIssuer(), entry.subject());
    }
  }

  private List<Entry> read(Path file) {
    try {
      return json.readValue(Files.readAllBytes(file), new TypeReference<List<Entry>>() {});
    } catch (IOException e) {
      throw new ConfigException(
          KEY + " names a file that cannot be read.",
          "it does not exist or belongs to another user.");
    } catch (JacksonException e) {
      throw new ConfigException(
          KEY + " names a file that is not a list of accounts.",
          "an entry has another field than username, password, displayName, role, duty, locale,"
              + " communities, doors, persons, subject.");
    }
  }

  private AccountStore.New account(Entry entry) {
    if (entry.password().length() < SHORTEST) {
      throw new ConfigException(
          "A password in the file of " + KEY + " has fewer than " + SHORTEST + " characters.",
          "let ./gatehouse up make the file.");
    }
    List<String> communities = entry.communities() == null ? List.of() : entry.communities();
    List<AccountStore.Right> rights = new ArrayList<>();
    for (String door : entry.doors() == null ? List.<String>of() : entry.doors()) {
      rights.add(right(door, entry.role(), communities));
    }
    List<AccountStore.Person> persons = new ArrayList<>();
    for (String person : entry.persons() == null ? List.<String>of() : entry.persons()) {
      Named named = Named.parse(person, communities);
      persons.add(new AccountStore.Person(named.community(), named.id()));
    }
    return new AccountStore.New(
        entry.username().toLowerCase(Locale.ROOT),
        passwords.hash(entry.password()),
        entry.displayName(),
        entry.role(),
        duty(entry),
        entry.locale() == null ? "zh-CN" : entry.locale(),
        communities,
        rights,
        persons);
  }

  private static Duty duty(Entry entry) {
    Duty duty = entry.duty() == null ? Duty.usual(entry.role()) : entry.duty();
    if (!duty.isOf(entry.role())) {
      throw new ConfigException(
          "An account in the file of " + KEY + " has a duty that its role does not have.",
          "PROPERTY has GUARD, OPERATOR and MANAGER, POLICE has ANALYST and SUPERVISOR.");
    }
    return duty;
  }

  private static AccountStore.Right right(String door, Role role, List<String> communities) {
    Named named = Named.parse(door, communities);
    return new AccountStore.Right(
        named.community(), named.id(), role == Role.RESIDENT ? "RESIDENCY" : "WORK");
  }

  /** Something in a community, named {@code community:id}, or by its id if there is only one. */
  private record Named(String community, String id) {

    static Named parse(String text, List<String> communities) {
      int colon = text.indexOf(':');
      if (colon > 0) {
        return new Named(text.substring(0, colon), text.substring(colon + 1));
      }
      if (communities.size() != 1 || communities.get(0).equals(Scope.EVERYWHERE)) {
        throw new ConfigException(
            "A door or person in the file of " + KEY + " does not say its community.",
            "write it as community:id.");
      }
      return new Named(communities.get(0), text);
    }
  }
}
