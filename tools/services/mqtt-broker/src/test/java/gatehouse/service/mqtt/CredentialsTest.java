package gatehouse.service.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private final Path file;

  CredentialsTest(@TempDir Path dir) {
    file = dir.resolve("credentials.csv");
  }

  @Test
  void comesBackFromAFileThatOnlyItsOwnerCanRead() throws Exception {
    new Credentials()
        .add("riverside/door-1", Role.DEVICE, "riverside", "a secret")
        .add("ingest", Role.INGEST, "*", "another")
        .write(file);

    Credentials read = Credentials.read(file);

    assertThat(read.all())
        .extracting(Credential::username)
        .containsExactly("ingest", "riverside/door-1");
    String hash = read.find("riverside/door-1").orElseThrow().passwordHash();
    assertThat(PasswordHash.matches("a secret".toCharArray(), hash)).isTrue();
    assertThat(PasswordHash.matches("a Secret".toCharArray(), hash)).isFalse();
    assertThat(Files.readString(file)).doesNotContain("a secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void addsToAFileWithoutLosingWhatIsThere() throws Exception {
    Credentials.addTo(file, "ingest", Role.INGEST, "*", "one");
    Credentials.addTo(file, "api", Role.API, "*", "two");

    assertThat(Credentials.read(file).all())
        .extracting(Credential::username)
        .containsExactly("api", "ingest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "riverside/door-1,device,lakeside,h",
        "riverside/+,device,riverside,h",
        "riverside/#,device,riverside,h",
        "riverside,device,riverside,h",
        "a/b/c,device,a,h",
        "$SYS/door,device,$SYS,h",
        "gateway,gateway,*,h",
        "ingest,ingest,riverside,h",
        "api:door,api,*,h",
        "api,root,*,h",
        "api,api,*"
      })
  void refusesALineThatWouldReachFurtherThanItsRole(String line) throws Exception {
    Files.writeString(file, "ingest,ingest,*,h\n" + line + "\n");

    assertThatThrownBy(() -> Credentials.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2")
        .message()
        .doesNotContain(line);
  }

  @Test
  void givesEachClientIdToOneCredential() {
    Credentials credentials =
        new Credentials()
            .add("riverside/door-1", Role.DEVICE, "riverside", "x")
            .add("replay", Role.GATEWAY, "riverside", "x")
            .add("replay-gateway", Role.GATEWAY, "lakeside", "x");
    Credential device = credentials.find("riverside/door-1").orElseThrow();
    Credential replay = credentials.find("replay").orElseThrow();
    Credential gateway = credentials.find("replay-gateway").orElseThrow();

    assertThat(credentials.owns(device, "riverside:door-1")).isTrue();
    assertThat(credentials.owns(device, "riverside:door-1-b")).isFalse();
    assertThat(credentials.owns(replay, "riverside:door-1")).isFalse();
    assertThat(credentials.owns(replay, "replay-1")).isTrue();
    assertThat(credentials.owns(gateway, "replay-gateway-1")).isTrue();
    assertThat(credentials.owns(replay, "replay-gateway-1")).isFalse();
    assertThat(credentials.knowsClient("riverside:door-1")).isTrue();
    assertThat(credentials.knowsClient("riverside:door-2")).isFalse();
    assertThat(credentials.knowsClient("")).isFalse();
  }
}
