package gatehouse.service.mqtt;

import java.util.regex.Pattern;

/**
 * Who may connect, and as what.
 *
 * @param username {@code community/device} for a device, a plain name for anything else
 * @param role decides the topic rights
 * @param scope the community a device or gateway belongs to; {@code *} for ingest and api
 * @param passwordHash see {@link PasswordHash}
 */
public record Credential(String username, Role role, String scope, String passwordHash) {
  static final String EVERYWHERE = "*";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public Credential {
    switch (role) {
      case DEVICE -> {
        String[] parts = username.split("/", -1);
        require(
            parts.length == 2 && isId(parts[0]) && isId(parts[1]),
            "a device's user name is community/device");
        require(parts[0].equals(scope), "a device's scope is its own community");
      }
      case GATEWAY -> {
        require(isId(username), "a gateway's user name is a plain name");
        require(isId(scope), "a gateway's scope is one community");
      }
      case INGEST, API -> {
        require(isId(username), "a service's user name is a plain name");
        require(scope.equals(EVERYWHERE), "a service's scope is *");
      }
    }
  }

  /** The last part of a device's user name. */
  String device() {
    return username.substring(username.indexOf('/') + 1);
  }

  /**
   * Whether a client with this credential may call itself {@code clientId}. A device has exactly
   * one client id; a service may have several, all beginning with its user name. The two never
   * overlap, because only a device's contains a colon: nobody can push another credential's client
   * out.
   */
  boolean owns(String clientId) {
    return role == Role.DEVICE
        ? clientId.equals(username.replace('/', ':'))
        : clientId.startsWith(username) && clientId.indexOf(':') < 0;
  }

  private static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }

  /** Without the hash, so that a log line never carries it. */
  @Override
  public String toString() {
    return "Credential[" + role.word() + " " + username + "]";
  }
}
