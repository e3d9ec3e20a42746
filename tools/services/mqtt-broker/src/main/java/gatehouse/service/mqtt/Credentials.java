package gatehouse.service.mqtt;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The broker's credentials. In a file, one per line: {@code username,role,scope,passwordHash}, mode
 * 600; empty lines and lines that begin with {@code #} are skipped.
 *
 * <pre>{@code
 * new Credentials().add("riverside/door-1", Role.DEVICE, "riverside", password).write(file);
 * }</pre>
 *
 * Not safe for use by several threads.
 */
public final class Credentials {
  private final Map<String, Credential> byUsername = new TreeMap<>();

  /**
   * Reads a credentials file.
   *
   * @throws IOException if it cannot be read or a line is not a credential; the message names the
   *     line, never its content
   */
  public static Credentials read(Path file) throws IOException {
    Credentials credentials = new Credentials();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split(",", -1);
      try {
        if (fields.length != 4) {
          throw new IllegalArgumentException("a line is username,role,scope,passwordHash");
        }
        Credential credential = new Credential(fields[0], Role.of(fields[1]), fields[2], fields[3]);
        if (credentials.byUsername.put(credential.username(), credential) != null) {
          throw new IllegalArgumentException("this user name was there before");
        }
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return credentials;
  }

  /**
   * Adds a credential to a file that other processes may change at the same time. The broker knows
   * it from the next connection attempt on.
   */
  public static void addTo(Path file, String username, Role role, String scope, String password)
      throws IOException {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException("The lock on " + lock + " was lost.");
      }
      Credentials credentials = Files.exists(file) ? read(file) : new Credentials();
      credentials.add(username, role, scope, password).write(file);
    }
  }

  /** Adds a credential, or gives an existing user name a new role, scope and password. */
  public Credentials add(String username, Role role, String scope, String password) {
    byUsername.put(username, new Credential(username, role, scope, PasswordHash.of(password)));
    return this;
  }

  /** Takes a credential away; a broker that reads the file drops its client within seconds. */
  public Credentials remove(String username) {
    byUsername.remove(username);
    return this;
  }

  public Collection<Credential> all() {
    return Collections.unmodifiableCollection(byUsername.values());
  }

  Optional<Credential> find(String username) {
    return Optional.ofNullable(byUsername.get(username));
  }

  /**
   * Whether a connection that was let in with {@code credential} could still be let in. A service's
   * client id belongs to the longest user name it begins with.
   */
  boolean owns(Credential credential, String clientId) {
    return credential.owns(clientId)
        && (credential.role() == Role.DEVICE
            || byUsername.values().stream()
                .filter(other -> other.username().length() > credential.username().length())
                .noneMatch(other -> other.owns(clientId)));
  }

  /** Whether any credential could have opened a session with this client id. */
  boolean knowsClient(String clientId) {
    Credential device = byUsername.get(clientId.replace(':', '/'));
    return (device != null && device.owns(clientId))
        || byUsername.values().stream()
            .anyMatch(one -> one.role() != Role.DEVICE && one.owns(clientId));
  }

  /** Replaces the file as a whole: a reader sees the old content or the new one. */
  public void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Credential one : byUsername.values()) {
      lines.add(
          String.join(",", one.username(), one.role().word(), one.scope(), one.passwordHash()));
    }
    Path folder = file.toAbsolutePath().getParent();
    Path next =
        Files.createTempFile(
            folder,
            "credentials",
            ".next",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(next, lines);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
