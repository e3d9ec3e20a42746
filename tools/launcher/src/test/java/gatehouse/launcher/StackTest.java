package gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.launcher.data.InUseException;
import gatehouse.launcher.process.ServiceState;
import gatehouse.launcher.process.ServiceStatus;
import gatehouse.wire.Topic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services that need no other, for real, on free ports. */
class StackTest {

  @Test
  void bringsUpWhatItIsAskedForAndRemovesItAgain(@TempDir Path dir) throws Exception {
    Path data = dir.resolve("data");
    StackOptions options =
        StackOptions.isolated(data)
            .withServices(EnumSet.of(Service.MQTT, Service.KAFKA, Service.DATABASE));
    try (Stack stack = Stack.start(options)) {
      assertThat(stack.status())
          .extracting(ServiceStatus::name)
          .containsExactly("mqtt", "kafka", "database");
      assertThat(stack.status()).extracting(ServiceStatus::state).containsOnly(ServiceState.READY);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
        assertThat(admin.listTopics().names().get())
            .containsAll(Arrays.stream(Topic.values()).map(Topic::topicName).toList());
      }
      assertThatThrownBy(() -> Stack.start(options)).isInstanceOf(InUseException.class);
    }
    assertThat(data).doesNotExist();
  }
}
