package gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  /** A deployable's configuration as they are written. */
  public record SampleConfig(
      @Key(value = "kafka.bootstrap", says = "Kafka's address, host:port") String kafka,
      @Key(value = "sample.port", says = "HTTP port", byDefault = "8082", min = 0, max = 65535)
          int port,
      @Key(value = "sample.patience", says = "how long to wait", byDefault = "PT5S", min = 1)
          Duration patience,
      @Key(value = "mqtt.password", says = "the broker's password") Secret password) {}

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aGoodEnvironment() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "k3Jf93jfKQ0sd8\n");
    environment.put("HOME", "/nowhere");
    environment.put("GATEHOUSE_KAFKA_BOOTSTRAP", "127.0.0.1:9092");
    environment.put("GATEHOUSE_MQTT_PASSWORD_FILE", secret.toString());
  }

  private SampleConfig load() {
    return ConfigLoader.load(SampleConfig.class, environment);
  }

  @Test
  void readsWhatIsSetAndTakesDefaultsForTheRest() {
    SampleConfig config = load();
    assertThat(config.kafka()).isEqualTo("127.0.0.1:9092");
    assertThat(config.port()).isEqualTo(8082);
    assertThat(config.patience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.password().revealText()).isEqualTo("k3Jf93jfKQ0sd8");
    assertThat(config.toString()).doesNotContain("k3Jf93jfKQ0sd8");
  }

  @Test
  void anUnknownKeyStopsTheStartAndTheNearestIsNamed() {
    environment.put("GATEHOUSE_SAMPLE_PROT", "1");
    assertThatThrownBy(this::load)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("GATEHOUSE_SAMPLE_PROT is not a key")
        .hasMessageContaining("Maybe GATEHOUSE_SAMPLE_PORT is meant.");
  }

  @Test
  void aMissingKeyStopsTheStart() {
    environment.remove("GATEHOUSE_KAFKA_BOOTSTRAP");
    assertThatThrownBy(this::load)
        .hasMessageContaining("GATEHOUSE_KAFKA_BOOTSTRAP is not set.")
        .hasMessageContaining("Maybe set it to: Kafka's address");
  }

  @ParameterizedTest
  @CsvSource({
    "GATEHOUSE_SAMPLE_PORT,70000",
    "GATEHOUSE_SAMPLE_PORT,eighty",
    "GATEHOUSE_SAMPLE_PATIENCE,5s",
    "GATEHOUSE_SAMPLE_PATIENCE,PT0S",
    "GATEHOUSE_MQTT_PASSWORD_FILE,/no/such/file"
  })
  void aWrongValueStopsTheStartNamingTheKeyButNotTheValue(String key, String value) {
    environment.put(key, value);
    assertThatThrownBy(this::load)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("Maybe")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "Password1234", "changeme-123456"})
  void noDefaultOrWeakSecretStarts(String secret) throws Exception {
    Files.writeString(folder.resolve("secret"), secret);
    assertThatThrownBy(this::load).hasMessageContaining("GATEHOUSE_MQTT_PASSWORD_FILE");
  }

  @Test
  void theDocsPageSaysItAll() {
    assertThat(ConfigPage.section("Sample", SampleConfig.class))
        .contains("| `GATEHOUSE_KAFKA_BOOTSTRAP` | required | Kafka's address, host:port |")
        .contains("| `GATEHOUSE_SAMPLE_PORT` | `8082` | HTTP port From 0 to 65535. |");
  }
}
