package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to the broker, as a proxy in front of it speaks it. */
class TlsTest {

  private final Path dir;

  TlsTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void takesMessagesOverTls() throws Exception {
    String community = "encrypted";
    Rig rig = Rig.shared();
    rig.register(community, "door");
    try (TlsWire wire = TlsWire.to(rig.mqttPort(), dir, "127.0.0.1");
        Gateway gateway = rig.gateway(community);
        IngestProcess ingest = start(rig, wire, wire.trusted())) {
      ingest.awaitReady();
      gateway.publish("door", Messages.valid(community, "door", "e-1", 1));
      Waiting.until(
          () -> OutageTest.ids(rig, community).contains("e-1"),
          () -> "nothing comes: " + ingest.text());
      ingest.stop();
    }
  }

  @Test
  void tellsNoPasswordToABrokerItCannotTrust() throws Exception {
    Rig rig = Rig.shared();
    try (TlsWire wire = TlsWire.to(rig.mqttPort(), dir, "127.0.0.1");
        IngestProcess ingest = start(rig, wire)) {
      ingest.awaitText("SSLHandshakeException");
      assertThat(wire.hasPassedAnything()).isFalse();
    }
  }

  @Test
  void tellsNoPasswordToABrokerOfAnotherName() throws Exception {
    Rig rig = Rig.shared();
    try (TlsWire wire = TlsWire.to(rig.mqttPort(), dir, "127.0.0.2");
        IngestProcess ingest = start(rig, wire, wire.trusted())) {
      ingest.awaitText("SSLHandshakeException");
      assertThat(wire.hasPassedAnything()).isFalse();
    }
  }

  private IngestProcess start(Rig rig, TlsWire wire, String... jvm) throws Exception {
    return IngestProcess.start(
        rig,
        dir.resolve("ingest.log"),
        Map.of("GATEHOUSE_MQTT_URL", "ssl://127.0.0.1:" + wire.port()),
        jvm);
  }
}
