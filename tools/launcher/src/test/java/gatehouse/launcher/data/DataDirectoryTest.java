package gatehouse.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private final Path path;

  DataDirectoryTest(@TempDir Path dir) {
    path = dir.resolve("data");
  }

  @Test
  void isForItsOwnerOnly() throws Exception {
    DataDirectory.open(path);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
  }

  @Test
  void refusesASecondLauncherUntilTheFirstLetsGo() throws Exception {
    DataDirectory directory = DataDirectory.open(path);
    try (DataDirectory.Hold hold = directory.hold()) {
      assertThat(hold).isNotNull();
      assertThat(directory.launcher()).contains(ProcessHandle.current());
      assertThatThrownBy(() -> DataDirectory.open(path).hold())
          .isInstanceOf(InUseException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    assertThat(directory.launcher()).isEmpty();
    directory.hold().close();
  }
}
