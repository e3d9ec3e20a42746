package gatehouse.simulator.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.credential.CodeDigest;
import gatehouse.credential.CredentialEntry;
import gatehouse.credential.CredentialListAnswer;
import gatehouse.credential.CredentialListAnswer.Outcome;
import gatehouse.credential.CredentialListCommand;
import gatehouse.credential.CredentialListCommand.Action;
import gatehouse.credential.ListDigest;
import gatehouse.credential.ListRefusal;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal decides by its list alone, and that it keeps the list over a power cut. */
class CredentialMemoryTest {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final String SALT = CodeDigest.newSalt();

  @TempDir private Path folder;

  @Test
  void keepsToTheHours() throws Exception {
    CredentialMemory list = open();
    list.apply(
        change(0, List.of(entry("c-1", CredentialType.CARD, "", NOON.plusSeconds(60), 0))), NOON);
    assertThat(list.read("c-1", NOON.minusNanos(1)).reason()).isEqualTo(DenialReason.SCHEDULE);
    assertThat(list.read("c-1", NOON).granted()).isTrue();
    assertThat(list.read("c-1", NOON.plusSeconds(60)).reason()).isEqualTo(DenialReason.EXPIRED);
    assertThat(list.read("c-2", NOON).reason()).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
  }

  @Test
  void remembersListAndUsesOverAPowerCut() throws Exception {
    String code = CodeDigest.of(SALT, "40718263");
    CredentialMemory list = open();
    list.apply(change(0, List.of(entry("p-1", CredentialType.QR, code, null, 2))), NOON);
    assertThat(list.code("40718263", NOON).granted()).isTrue();
    CredentialMemory again = open();
    assertThat(again.revision()).isEqualTo(1);
    assertThat(again.code("40718263", NOON).granted()).isTrue();
    assertThat(open().code("40718263", NOON).reason()).isEqualTo(DenialReason.EXPIRED);
    assertThat(again.code("40718262", NOON).reason()).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
  }

  @Test
  void theIdOfAPassWithACodeDoesNotOpen() throws Exception {
    String code = CodeDigest.of(SALT, "40718263");
    CredentialMemory list = open();
    list.apply(change(0, List.of(entry("p-1", CredentialType.QR, code, null, 0))), NOON);
    assertThat(list.read("p-1", NOON).reason()).isEqualTo(DenialReason.UNKNOWN_CREDENTIAL);
  }

  @Test
  void f30AloneForLongItTrustsResidentsAndNoVisitors() throws Exception {
    CredentialMemory list = open();
    list.apply(
        change(
            0,
            List.of(
                entry("c-1", CredentialType.CARD, "", null, 0),
                entry("p-1", CredentialType.QR, "", null, 0))),
        NOON);
    Instant later = NOON.plus(CredentialMemory.TRUSTED_ALONE).plus(Duration.ofMinutes(1));
    assertThat(list.read("c-1", later).granted()).isTrue();
    assertThat(list.read("p-1", later).reason()).isEqualTo(DenialReason.OTHER);
    list.heard(later);
    assertThat(list.read("p-1", later).granted()).isTrue();
  }

  @Test
  void appliesChangesInOrderOnly() throws Exception {
    CredentialMemory list = open();
    list.apply(change(0, List.of(entry("c-1", CredentialType.CARD, "", null, 0))), NOON);
    assertThatThrownBy(() -> list.apply(change(0, List.of()), NOON))
        .isInstanceOfSatisfying(
            ListRefusal.class,
            e -> assertThat(e.reason()).isEqualTo(CredentialListAnswer.Refusal.OUT_OF_ORDER));
    assertThat(list.entries()).hasSize(1);
  }

  @Test
  void saysItsListInPagesThatMakeUpItsDigest() throws Exception {
    CredentialMemory list = open();
    for (int from = 0; from < 450; from += 50) {
      int first = from;
      list.apply(
          change(
              from / 50,
              IntStream.range(first, first + 50)
                  .mapToObj(number -> entry("c-" + number, CredentialType.CARD, "", null, 0))
                  .toList()),
          NOON);
    }
    List<CredentialEntry> read = new ArrayList<>();
    CredentialListAnswer page = page(list, "");
    read.addAll(page.entries());
    while (page.more()) {
      page = page(list, read.get(read.size() - 1).credential());
      read.addAll(page.entries());
    }
    assertThat(read).hasSize(450).isEqualTo(list.entries());
    assertThat(page.size()).isEqualTo(450);
    assertThat(page.digest()).isEqualTo(ListDigest.of(read));
  }

  private static CredentialListAnswer page(CredentialMemory list, String after) {
    return list.answer(command(Action.READ, 0, List.of(), after), Outcome.READ, NOON);
  }

  private CredentialMemory open() throws IOException {
    return CredentialMemory.open(folder.resolve("list"));
  }

  private static CredentialEntry entry(
      String id, CredentialType type, String code, @Nullable Instant to, int uses) {
    return new CredentialEntry(id, type, code, NOON, to, uses);
  }

  private static CredentialListCommand change(long base, List<CredentialEntry> put) {
    return command(Action.CHANGE, base, put, "");
  }

  private static CredentialListCommand command(
      Action action, long base, List<CredentialEntry> put, String after) {
    return new CredentialListCommand(
        "id-1",
        "riverside",
        "door-1",
        action,
        base,
        base + 1,
        SALT,
        put,
        List.of(),
        after,
        "nonce-1",
        NOON,
        NOON.plusSeconds(30));
  }
}
