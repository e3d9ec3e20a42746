package gatehouse.launcher.data;

/**
 * An account to look around with, made at the first start.
 *
 * @param role POLICE, PROPERTY or RESIDENT
 */
public record DemoAccount(String username, String role, String password) {}
