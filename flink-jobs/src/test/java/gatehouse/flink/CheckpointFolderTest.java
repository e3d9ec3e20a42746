package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {

  @TempDir private Path dir;
  private CheckpointFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new CheckpointFolder(dir);
  }

  private Path checkpoint(String job, int number) throws IOException {
    Path checkpoint = Files.createDirectories(folder.jobs().resolve(job).resolve("chk-" + number));
    Files.writeString(checkpoint.resolve("state"), job + number);
    Files.writeString(checkpoint.resolve("_metadata"), "metadata of " + number);
    folder.seal(job, 3);
    Path seal = dir.resolve("seals").resolve(job + "_chk-" + number + ".sha256");
    Files.setLastModifiedTime(seal, FileTime.from(Instant.ofEpochSecond(1000 + number)));
    return checkpoint;
  }

  @Test
  void thereIsNoneAtFirst() throws IOException {
    assertThat(folder.newest()).isEmpty();
  }

  @Test
  void theNewestWholeOneIsTaken() throws IOException {
    checkpoint("a", 1);
    Path second = checkpoint("a", 2);
    Files.createDirectories(folder.jobs().resolve("a/chk-3"));
    assertThat(folder.newest()).contains(second);
  }

  @Test
  void aFlippedBitATruncatedFileAndADeletedFolderAreNoticed() throws IOException {
    List<Path> checkpoints =
        List.of(checkpoint("a", 1), checkpoint("a", 2), checkpoint("b", 3), checkpoint("b", 4));
    CheckpointFolder.deleteAll(checkpoints.get(3));
    assertThat(folder.newest()).contains(checkpoints.get(2));
    Files.writeString(checkpoints.get(2).resolve("state"), "");
    assertThat(folder.newest()).contains(checkpoints.get(1));
    Files.writeString(checkpoints.get(1).resolve("state"), "a3");
    assertThat(folder.newest()).contains(checkpoints.get(0));
    Files.delete(checkpoints.get(0).resolve("state"));
    assertThatThrownBy(folder::newest)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not start empty by itself")
        .hasMessageContaining("Maybe");
  }

  @Test
  void earlierJobsAreForgottenOnceThisOneHasEnough() throws IOException {
    Path old = checkpoint("a", 1);
    checkpoint("b", 2);
    checkpoint("b", 3);
    assertThat(old).exists();
    checkpoint("b", 4);
    assertThat(old).doesNotExist();
    assertThat(dir.resolve("seals")).isDirectoryNotContaining("glob:**/a_*");
  }
}
