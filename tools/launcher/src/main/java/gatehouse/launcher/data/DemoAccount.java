package gatehouse.launcher.data;

import java.util.List;

/**
 * An account to look around with, made at the first start; in the form in which the API reads it.
 *
 * @param role POLICE, PROPERTY, OPERATIONS, RESIDENT or AUDITOR
 * @param duty within the role, e.g. MANAGER
 * @param locale language of the console until the user chooses another
 * @param communities ids, or {@code *} for all
 * @param doors doors it may open, {@code community:door} each
 * @param persons who it is in the registry, {@code community:person} each
 */
public record DemoAccount(
    String username,
    String password,
    String displayName,
    String role,
    String duty,
    String locale,
    List<String> communities,
    List<String> doors,
    List<String> persons) {

  /** Without the password. */
  @Override
  public String toString() {
    return "DemoAccount[" + username + "]";
  }
}
