package gatehouse.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  private final Path file;

  PortsTest(@TempDir Path dir) {
    file = dir.resolve("ports");
  }

  @Test
  void keepsWhatItChose() throws Exception {
    Ports first = Ports.choose(file, anyFree());
    Ports second = Ports.choose(file, Map.of());
    for (Endpoint endpoint : Endpoint.values()) {
      assertThat(second.of(endpoint)).isEqualTo(first.of(endpoint));
      assertThat(Ports.read(file).of(endpoint)).isEqualTo(first.of(endpoint));
    }
  }

  @Test
  void givesNoPortTwice() throws Exception {
    Ports ports = Ports.choose(file, anyFree());
    Set<Integer> different = new HashSet<>();
    for (Endpoint endpoint : Endpoint.values()) {
      different.add(ports.of(endpoint));
    }
    assertThat(different).hasSize(Endpoint.values().length);
  }

  @Test
  void stepsAsideForSomebodyWhoHasThePortNow() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.write(file, List.of("mqtt=" + other.getLocalPort()));
      Ports ports = Ports.choose(file, Map.of());
      assertThat(ports.of(Endpoint.MQTT))
          .isGreaterThan(other.getLocalPort())
          .satisfies(port -> assertThat((port - other.getLocalPort()) % 10).isZero());
    }
  }

  @Test
  void saysThatAPortSomebodyAskedForIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Ports.choose(file, Map.of(Endpoint.API, other.getLocalPort())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Port " + other.getLocalPort() + " is taken")
          .hasMessageContaining("--api-port");
    }
  }

  private static Map<Endpoint, Integer> anyFree() {
    Map<Endpoint, Integer> wanted = new EnumMap<>(Endpoint.class);
    for (Endpoint endpoint : Endpoint.values()) {
      wanted.put(endpoint, 0);
    }
    return wanted;
  }
}
