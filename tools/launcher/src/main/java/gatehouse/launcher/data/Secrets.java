package gatehouse.launcher.data;

import gatehouse.service.mqtt.Credentials;
import gatehouse.service.mqtt.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything secret of a data directory, made where it is missing. Each secret is in a file of its
 * own with mode 600, and goes to a service by that file's name.
 */
public final class Secrets {
  /** The user names of the services at the MQTT broker. */
  public static final String INGEST_USER = "ingest";

  public static final String API_USER = "api";

  private final Path folder;

  private Secrets(Path folder) {
    this.folder = folder;
  }

  /** The secrets of this folder; those that every start needs are made if missing. */
  public static Secrets in(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Secrets secrets = new Secrets(folder);
    secrets.makeMissing();
    return secrets;
  }

  /** What the broker reads; see {@link Credentials}. */
  public Path mqttCredentials() {
    return folder.resolve("mqtt-credentials.csv");
  }

  public Path mqttPassword(String service) {
    return folder.resolve("mqtt-" + service + ".password");
  }

  /** The devices' broker passwords: {@code community/device,password} a line. */
  public Path devicePasswords() {
    return folder.resolve("device-passwords.csv");
  }

  public Path databaseOwnerPassword() {
    return folder.resolve("database-owner.password");
  }

  public Path databasePassword() {
    return folder.resolve("database-application.password");
  }

  /** The private key that signs door commands: PKCS 8 in Base64. */
  public Path doorSigningKey() {
    return folder.resolve("door-signing.key");
  }

  /** The public key that doors check commands with: X.509 in Base64. */
  public Path doorPublicKey() {
    return folder.resolve("door-public.key");
  }

  /** The master key of the encryption of personal data: 32 bytes in Base64. */
  public Path dataKey() {
    return folder.resolve("data.key");
  }

  /** The demo accounts, in JSON for the API. */
  public Path demoAccountsFile() {
    return folder.resolve("demo-accounts.json");
  }

  public List<DemoAccount> demoAccounts() throws IOException {
    return new DemoAccounts(demoAccountsFile()).read();
  }

  /**
   * Gives the demo accounts a city to look at; their passwords stay.
   *
   * @param communities the property account sees all of them, the resident lives in the first
   * @param residentDoors doors that the resident may open, {@code community:door} each
   * @param residentPersons who the resident is in the registry, {@code community:person} each
   */
  public void provisionDemoAccounts(
      List<String> communities, List<String> residentDoors, List<String> residentPersons)
      throws IOException {
    new DemoAccounts(demoAccountsFile()).write(communities, residentDoors, residentPersons);
  }

  /**
   * Makes sure that each device can log in to the broker.
   *
   * @param usernames {@code community/device} each
   */
  public void provisionDevices(List<String> usernames) throws IOException {
    Map<String, String> passwords = new LinkedHashMap<>();
    if (Files.exists(devicePasswords())) {
      for (String line : Files.readAllLines(devicePasswords())) {
        int comma = line.indexOf(',');
        passwords.put(line.substring(0, comma), line.substring(comma + 1));
      }
    }
    List<String> missing =
        usernames.stream().filter(username -> !passwords.containsKey(username)).toList();
    if (missing.isEmpty()) {
      return;
    }
    Credentials credentials = Credentials.read(mqttCredentials());
    for (String username : missing) {
      String password = SecretFile.random();
      passwords.put(username, password);
      String community = username.substring(0, username.indexOf('/'));
      credentials.add(username, Role.DEVICE, community, password);
    }
    List<String> lines = new ArrayList<>();
    passwords.forEach((username, password) -> lines.add(username + "," + password));
    // The passwords first: a start that is interrupted here makes the same ones known next time.
    SecretFile.write(devicePasswords(), String.join("\n", lines) + "\n");
    credentials.write(mqttCredentials());
  }

  /**
   * Gives somebody a way in for a while: a gateway that may speak for every device of one
   * community. The broker knows it at its next connection.
   *
   * @return the password
   */
  public String addGateway(String username, String community) throws IOException {
    String password = SecretFile.random();
    Credentials.addTo(mqttCredentials(), username, Role.GATEWAY, community, password);
    return password;
  }

  /** Takes a gateway away again. */
  public void removeGateway(String username) throws IOException {
    Credentials.read(mqttCredentials()).remove(username).write(mqttCredentials());
  }

  private void makeMissing() throws IOException {
    for (Path file : List.of(databaseOwnerPassword(), databasePassword())) {
      if (!Files.exists(file)) {
        SecretFile.write(file, SecretFile.random() + "\n");
      }
    }
    if (!Files.exists(mqttCredentials())) {
      Credentials credentials = new Credentials();
      for (Map.Entry<String, Role> user :
          Map.of(INGEST_USER, Role.INGEST, API_USER, Role.API).entrySet()) {
        String password = SecretFile.random();
        SecretFile.write(mqttPassword(user.getKey()), password + "\n");
        credentials.add(user.getKey(), user.getValue(), "*", password);
      }
      credentials.write(mqttCredentials());
    }
    if (!Files.exists(doorPublicKey())) {
      KeyPair pair = newDoorKeys();
      SecretFile.write(doorSigningKey(), base64(pair.getPrivate().getEncoded()));
      SecretFile.write(doorPublicKey(), base64(pair.getPublic().getEncoded()));
    }
    if (!Files.exists(dataKey())) {
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      SecretFile.write(dataKey(), base64(key));
    }
    if (!Files.exists(demoAccountsFile())) {
      provisionDemoAccounts(List.of(), List.of(), List.of());
    }
  }

  private static String base64(byte[] key) {
    return Base64.getEncoder().encodeToString(key) + "\n";
  }

  private static KeyPair newDoorKeys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no Ed25519.", e);
    }
  }
}
