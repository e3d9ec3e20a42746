package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.config.ConfigException;
import gatehouse.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestConfigTest {

  private final Map<String, String> environment = new HashMap<>();
  private final Path secret;

  IngestConfigTest(@TempDir Path dir) {
    this.secret = dir.resolve("password");
  }

  @BeforeEach
  void secret() throws Exception {
    Files.writeString(secret, "heron-in-the-reeds-42");
    environment.put("GATEHOUSE_MQTT_PASSWORD_FILE", secret.toString());
  }

  @Test
  void needsNothingButTheSecret() {
    IngestConfig config = load();
    assertThat(config.kafkaBootstrap()).isEqualTo("127.0.0.1:9092");
    assertThat(config.metricsPort()).isEqualTo(8082);
    assertThat(config.clients()).isEqualTo(2);
    assertThat(config.limits().maxFuture()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.limits().maxAge()).isEqualTo(Duration.ofDays(7));
    assertThat(config.limits().burst()).isEqualTo(200);
    assertThat(config.toString()).doesNotContain("heron");
  }

  @Test
  void switchesTheClockCheckOff() {
    environment.put("GATEHOUSE_INGEST_CLOCK_CHECK", "off");
    assertThat(load().limits().clockCheck()).isFalse();
  }

  @Test
  void namesTheKeyThatIsWrongAndSaysWhatToTry() {
    refuses("GATEHOUSE_INGEST_CLIENT", "2", "GATEHOUSE_INGEST_CLIENTS");
    refuses("GATEHOUSE_INGEST_CLIENTS", "99", "GATEHOUSE_INGEST_CLIENTS");
    refuses("GATEHOUSE_INGEST_MAX_AGE", "week", "GATEHOUSE_INGEST_MAX_AGE");
    refuses("GATEHOUSE_INGEST_INSTANCE", "a:b", "GATEHOUSE_INGEST_INSTANCE");
    refuses("GATEHOUSE_MQTT_PASSWORD_FILE", "/nowhere", "GATEHOUSE_MQTT_PASSWORD_FILE");
    refuses("GATEHOUSE_MQTT_PASSWORD_FILE", "", "GATEHOUSE_MQTT_PASSWORD_FILE");
  }

  private void refuses(String key, String value, String named) {
    String before = environment.put(key, value);
    assertThatThrownBy(this::load)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(named)
        .hasMessageContaining("Maybe ");
    if (before == null) {
      environment.remove(key);
    } else {
      environment.put(key, before);
    }
  }

  private IngestConfig load() {
    return ConfigLoader.load(IngestConfig.class, environment);
  }
}
