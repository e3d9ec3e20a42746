package gatehouse.service.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials in force: those of the file as it is now. A file that is gone or broken leaves
 * the last good ones in force, so that a slip of the pen does not disconnect a city.
 */
final class CredentialFile {
  private static final Logger log = LoggerFactory.getLogger(CredentialFile.class);

  /**
   * What tells one version of the file from another; the writer replaces it, so the key changes.
   */
  private record Version(Object fileKey, long modifiedMillis, long bytes) {}

  private final Path file;
  private Version version;
  private Credentials credentials;

  CredentialFile(Path file) throws IOException {
    this.file = file;
    this.version = version(file);
    this.credentials = Credentials.read(file);
  }

  /** The credentials of the file as it is at this moment. */
  synchronized Credentials current() {
    try {
      Version now = version(file);
      if (!now.equals(version)) {
        version = now;
        credentials = Credentials.read(file);
        log.info("Read {} credentials again", credentials.all().size());
      }
    } catch (IOException e) {
      log.error("The credentials file cannot be used, the last good one stays: {}", e.toString());
    }
    return credentials;
  }

  private static Version version(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new Version(
        Objects.requireNonNullElse(attributes.fileKey(), ""),
        attributes.lastModifiedTime().toMillis(),
        attributes.size());
  }
}
