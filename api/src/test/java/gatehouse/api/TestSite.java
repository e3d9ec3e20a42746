package gatehouse.api;

import java.util.Objects;
import java.util.UUID;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Communities, doors and accounts, put straight into the database. */
public final class TestSite {

  /**
   * Of the password of all, and quick to check: tests log in some thousand times. The accounts that
   * the platform makes itself have hashes as everywhere.
   */
  private static final String QUICK_HASH =
      Objects.requireNonNull(new Argon2PasswordEncoder(16, 32, 1, 64, 1).encode(Platform.PASSWORD));

  private TestSite() {}

  public static void community(String id, String name) {
    Platform.get()
        .asOwner(
            "insert into site.community values (?, ?, '', '', 'Asia/Shanghai', now())"
                + " on conflict do nothing",
            id,
            name);
  }

  /** A new door with its place; the id is new, beginning with the prefix. */
  public static String door(String community, String prefix) {
    String id = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    door(community, id, "Door " + id);
    return id;
  }

  static void door(String community, String id, String name) {
    community(community, community);
    Platform.get()
        .asOwner(
            "insert into site.place values (?, ?, ?, 'DOOR', '', '', now(), '{}')",
            community,
            "place-" + id,
            name);
    Platform.get()
        .asOwner(
            "insert into site.device values (?, ?, ?, '', 'door-controller', 'UNKNOWN', true, now())",
            community,
            id,
            "place-" + id);
  }

  /** Says who an account is in the registry of a community. */
  public static void person(String account, String community, String person) {
    Platform.get()
        .asOwner(
            "insert into identity.account_person"
                + " select id, ?, ? from identity.account where username = ?",
            community,
            person,
            account);
  }

  /** A new account with rights to these doors; returns its user name. */
  public static String account(String role, String community, String... doors) {
    String duty =
        switch (role) {
          case "POLICE" -> "ANALYST";
          case "PROPERTY" -> "MANAGER";
          default -> "NONE";
        };
    return accountWithDuty(role, duty, community, doors);
  }

  /** An account with a duty other than usual; the name of the user. */
  public static String accountWithDuty(
      String role, String duty, String community, String... doors) {
    String name = role.toLowerCase(java.util.Locale.ROOT) + "-" + UUID.randomUUID();
    Platform platform = Platform.get();
    platform.asOwner(
        "insert into identity.account (username, password_hash, display_name, role, duty)"
            + " values (?, ?, ?, ?, ?)",
        name,
        QUICK_HASH,
        name,
        role,
        duty);
    platform.asOwner(
        "insert into identity.community_grant select id, ? from identity.account where username = ?",
        community,
        name);
    for (String door : doors) {
      platform.asOwner(
          "insert into identity.door_right (account, community, door, basis)"
              + " select id, ?, ?, 'RESIDENCY' from identity.account where username = ?",
          community,
          door,
          name);
    }
    return name;
  }
}
