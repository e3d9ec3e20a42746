package gatehouse.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Platform;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The check that {@code ./gatehouse audit verify} runs, and the daily anchor (trust.md S4). */
class VerificationTest {

  @Test
  void s4SaysHowMuchThereIsAndThatItIsWhole() {
    Platform platform = Platform.get();
    String chain = "verify-" + UUID.randomUUID();
    try (Store owner = Store.open("verify", platform.settings(Map.of()).owner(), 1)) {
      owner.run(
          Scope.NOBODY,
          tx ->
              new AuditLog()
                  .append(tx, new AuditLog.Entry(chain, "w", "r", "a", "x", "o", "DONE", "")));
      platform.api().getBean(Anchors.class).make(Instant.now());
      Verification found = Verification.of(owner);
      assertThat(found.isWhole()).isTrue();
      assertThat(found.entries()).isPositive();
      assertThat(found.anchors()).isPositive();
      assertThat(found.lines())
          .anyMatch(line -> line.equals("every entry fits the one before it"))
          .anyMatch(line -> line.contains(found.newestAnchor()));
      assertThat(
              platform.texts(
                  "select entry_hash = (select hash from audit.entry where chain = h.chain)"
                      + " from audit.anchored_head h where chain = ? order by anchor desc limit 1",
                  chain))
          .containsExactly("t");
    }
  }

  @Test
  void s4TheProgramAnswersByItsExitCode() throws IOException, InterruptedException {
    Map<String, String> database = new TreeMap<>(Platform.get().environment());
    database
        .keySet()
        .retainAll(List.of("GATEHOUSE_DATABASE_URL", "GATEHOUSE_DATABASE_OWNER_PASSWORD_FILE"));
    assertThat(verify(database)).isZero();
    database.put("GATEHOUSE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/gatehouse");
    assertThat(verify(database)).isEqualTo(78);
  }

  private static int verify(Map<String, String> database) throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                VerifyMain.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    program.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    program.environment().putAll(database);
    return program.start().waitFor();
  }

  @Test
  void s4SaysWhichIsTheFirstBrokenOne() {
    Verification found = new Verification(10, 2, 3, 2, 7L, 4, 1, 3L, "ab");
    assertThat(found.isWhole()).isFalse();
    assertThat(found.lines())
        .containsExactly(
            "10 entries in 2 chains; 3 older ones were deleted when their time was over",
            "2 entries do not fit the one before them; the first is 7",
            "1 of 4 daily anchors do not fit; the first is 3",
            "newest anchor ab (the API's log must say the same)");
  }
}
