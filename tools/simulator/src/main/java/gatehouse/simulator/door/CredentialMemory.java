package gatehouse.simulator.door;

import gatehouse.credential.CodeDigest;
import gatehouse.credential.CredentialEntry;
import gatehouse.credential.CredentialListAnswer;
import gatehouse.credential.CredentialListCommand;
import gatehouse.credential.ListDigest;
import gatehouse.credential.ListRefusal;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The list that a terminal opens by, in a file, so that it decides with no network and after a
 * power cut. A change is on disk before it is answered, and a use before the lock moves.
 */
public final class CredentialMemory {

  /** Room of the terminal. */
  static final int CAPACITY = 20_000;

  /**
   * Without a word of the platform for so long, codes of visitors are refused: nobody knows which
   * were revoked. Residents' own credentials go on.
   */
  static final Duration TRUSTED_ALONE = Duration.ofDays(30);

  private static final RecordCodec<StoredList> CODEC = RecordCodec.of(StoredList.class);

  private final Path file;
  private final TreeMap<String, CredentialEntry> entries = new TreeMap<>();
  private final Map<String, Integer> used = new HashMap<>();
  private long revision;
  private String salt;
  private Instant heard;

  private CredentialMemory(Path file, StoredList stored) {
    this.file = file;
    this.revision = stored.revision();
    this.salt = stored.salt();
    this.heard = stored.heard();
    stored.entries().forEach(entry -> entries.put(entry.credential(), entry));
    used.putAll(stored.used());
  }

  /** A decision about what was presented: the entry it belongs to, if any, and why not. */
  public record Decision(@Nullable CredentialEntry entry, DenialReason reason) {

    /** Whether the lock is released. */
    public boolean granted() {
      return reason == DenialReason.NONE;
    }
  }

  /** The list in a file; empty if there is none yet. */
  public static CredentialMemory open(Path file) throws IOException {
    try {
      return new CredentialMemory(
          file, Files.exists(file) ? CODEC.decode(Files.readAllBytes(file)) : StoredList.EMPTY);
    } catch (WireException e) {
      throw new IOException("the list of credentials cannot be read: " + file, e);
    }
  }

  /**
   * Applies a change that was admitted.
   *
   * @throws ListRefusal if it does not build on the list as it is, or does not fit
   */
  public synchronized void apply(CredentialListCommand change, Instant now)
      throws ListRefusal, IOException {
    if (change.base() != revision) {
      throw new ListRefusal(CredentialListAnswer.Refusal.OUT_OF_ORDER);
    }
    if (entries.size() + change.put().size() > CAPACITY) {
      throw new ListRefusal(CredentialListAnswer.Refusal.FULL);
    }
    change.remove().forEach(entries::remove);
    change.put().forEach(entry -> entries.put(entry.credential(), entry));
    used.keySet().removeIf(credential -> !entries.containsKey(credential));
    salt = change.salt();
    revision = change.revision();
    heard = now;
    write();
  }

  /** Notes that the platform is there. */
  public synchronized void heard(Instant now) throws IOException {
    heard = now;
    write();
  }

  /** The answer to a command, with a page of the list if it asked for one. */
  public synchronized CredentialListAnswer answer(
      CredentialListCommand command, CredentialListAnswer.Outcome outcome, Instant now) {
    List<CredentialEntry> behind =
        command.action() == CredentialListCommand.Action.READ
            ? List.copyOf(entries.tailMap(command.after(), false).values())
            : List.of();
    int shown = Math.min(behind.size(), CredentialListAnswer.PAGE);
    return answer(
        command.id(),
        outcome,
        CredentialListAnswer.Refusal.NONE,
        behind.subList(0, shown),
        shown < behind.size(),
        now);
  }

  /** The answer to what is refused. */
  public synchronized CredentialListAnswer refusal(
      String command, CredentialListAnswer.Refusal reason, Instant now) {
    return answer(command, CredentialListAnswer.Outcome.REFUSED, reason, List.of(), false, now);
  }

  private CredentialListAnswer answer(
      String command,
      CredentialListAnswer.Outcome outcome,
      CredentialListAnswer.Refusal refusal,
      List<CredentialEntry> page,
      boolean more,
      Instant now) {
    return new CredentialListAnswer(
        command,
        outcome,
        refusal,
        revision,
        ListDigest.of(entries.values()),
        entries.size(),
        List.copyOf(page),
        more,
        now);
  }

  /** Decides about what a reader read: the id of a card, a phone, a face template. */
  public Decision read(String id, Instant at) throws IOException {
    CredentialEntry entry;
    synchronized (this) {
      entry = entries.get(id);
    }
    return decide(entry == null || !entry.code().isEmpty() ? null : entry, at);
  }

  /** Decides about a code that was typed or shown. */
  public Decision code(String code, Instant at) throws IOException {
    String with;
    synchronized (this) {
      with = salt;
    }
    if (with.isEmpty()) {
      return decide(null, at);
    }
    String digest = CodeDigest.of(with, code);
    CredentialEntry entry;
    synchronized (this) {
      entry =
          entries.values().stream()
              .filter(one -> one.code().equals(digest))
              .findFirst()
              .orElse(null);
    }
    return decide(entry, at);
  }

  /** Decides about a pass that a signed QR code shows; whoever calls has checked the signature. */
  public Decision pass(String id, Instant at) throws IOException {
    CredentialEntry entry;
    synchronized (this) {
      entry = entries.get(id);
    }
    return decide(entry == null || entry.type() != CredentialType.QR ? null : entry, at);
  }

  private synchronized Decision decide(@Nullable CredentialEntry entry, Instant at)
      throws IOException {
    if (entry == null) {
      return new Decision(null, DenialReason.UNKNOWN_CREDENTIAL);
    }
    if (at.isBefore(entry.validFrom())) {
      return new Decision(entry, DenialReason.SCHEDULE);
    }
    if (!entry.validAt(at)) {
      return new Decision(entry, DenialReason.EXPIRED);
    }
    if (isVisitors(entry) && heard.plus(TRUSTED_ALONE).isBefore(at)) {
      return new Decision(entry, DenialReason.OTHER);
    }
    if (entry.uses() > 0) {
      if (used.getOrDefault(entry.credential(), 0) >= entry.uses()) {
        return new Decision(entry, DenialReason.EXPIRED);
      }
      used.merge(entry.credential(), 1, Integer::sum);
      write();
    }
    return new Decision(entry, DenialReason.NONE);
  }

  /** Somebody with the installer's menu adds an entry; the platform is not asked. */
  public synchronized void addOnSite(CredentialEntry entry) throws IOException {
    entries.put(entry.credential(), entry);
    write();
  }

  /** Somebody with the installer's menu removes an entry. */
  public synchronized void removeOnSite(String credential) throws IOException {
    entries.remove(credential);
    write();
  }

  /** Its entries, by credential. */
  public synchronized List<CredentialEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** Its revision. */
  public synchronized long revision() {
    return revision;
  }

  private static boolean isVisitors(CredentialEntry entry) {
    return entry.type() == CredentialType.QR || entry.type() == CredentialType.PIN;
  }

  private void write() throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    ByteBuffer bytes =
        ByteBuffer.wrap(
            CODEC.encode(
                new StoredList(
                    revision, salt, List.copyOf(entries.values()), Map.copyOf(used), heard)));
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
