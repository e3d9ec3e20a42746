package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.config.ConfigException;
import gatehouse.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API does not start without its secrets, and names the one that is missing (F40, S19). */
class StartTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GATEHOUSE_MQTT_PASSWORD_FILE",
        "GATEHOUSE_DATABASE_PASSWORD_FILE",
        "GATEHOUSE_DATABASE_OWNER_PASSWORD_FILE",
        "GATEHOUSE_DATA_KEY_FILE",
        "GATEHOUSE_DOOR_SIGNING_KEY_FILE"
      })
  void f40NamesTheSecretThatIsMissingEmptyOrKnownToEverybody(String key) throws Exception {
    Map<String, String> environment = Platform.get().environment();
    environment.remove(key);
    assertThatThrownBy(() -> ConfigLoader.load(ApiSettings.class, environment))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("Maybe ");
    for (String secret : new String[] {"", "changemechangeme", "gatehouse-gatehouse"}) {
      Path file = Files.writeString(folder.resolve("secret"), secret);
      environment.put(key, file.toString());
      if (secret.isEmpty()) {
        assertThatThrownBy(() -> ConfigLoader.load(ApiSettings.class, environment))
            .hasMessageContaining(key);
      }
    }
  }

  @Test
  void f40RefusesASigningKeyThatIsNone() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "not a key but long enough");
    ApiSettings settings =
        Platform.get().settings(Map.of("GATEHOUSE_DOOR_SIGNING_KEY_FILE", file.toString()));
    assertThatThrownBy(() -> ApiMain.start(settings))
        .hasRootCauseInstanceOf(Exception.class)
        .hasStackTraceContaining("GATEHOUSE_DOOR_SIGNING_KEY_FILE holds no Ed25519 private key")
        .hasStackTraceContaining("Maybe make one: openssl genpkey -algorithm ed25519");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c2hvcnQgYnV0IGxvbmdlciB0aGFuIG5vdGhpbmc=",
        "not base64 at all, and much too long"
      })
  void f40RefusesAKeyOfPersonalDataThatIsTooShortOrNone(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("data.key"), text);
    ApiSettings settings =
        Platform.get().settings(Map.of("GATEHOUSE_DATA_KEY_FILE", file.toString()));
    assertThatThrownBy(() -> ApiMain.start(settings))
        .hasStackTraceContaining("GATEHOUSE_DATA_KEY is not a key")
        .hasStackTraceContaining("openssl rand -base64 32");
  }

  @Test
  void aSecretNeverPrintsItself() {
    ApiSettings settings = Platform.get().settings(Map.of());
    assertThat(settings.toString() + settings.application() + settings.owner())
        .doesNotContain(Platform.get().serviceSecret());
  }
}
