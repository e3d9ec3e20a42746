package gatehouse.api.credential;

import gatehouse.api.ApiSettings;
import gatehouse.api.door.DoorKey;
import gatehouse.api.door.DoorLink;
import gatehouse.api.door.DoorTopic;
import gatehouse.api.door.Presence;
import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.StoreAway;
import gatehouse.api.store.Transaction;
import gatehouse.credential.CredentialEntry;
import gatehouse.credential.CredentialListCommand;
import gatehouse.credential.CredentialListCommand.Action;
import gatehouse.credential.SignedCredentialList;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Brings the terminals' lists to what the ledger wants. A terminal has one command under way at
 * most, and nobody waits for its answer: a slow one delays no other. What is to be sent is written
 * down before it is sent, so that a crash leaves a command that is never sent later, and a
 * read-back that tells what became of it.
 */
@Component
final class Reconciler {

  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  /** How long a terminal may take for a command, and to come back for its answer. */
  static final Duration LIFETIME = Duration.ofSeconds(30);

  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int AT_ONCE = 100;
  private static final int NONCE_BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Store store;
  private final DoorLink link;
  private final Presence presence;
  private final Lanes lanes;
  private final Clock clock;
  private final PrivateKey key;

  /** Terminals of which something was heard and not taken, and whether they were away. */
  private final Map<Ledger.Key, Boolean> left = new ConcurrentHashMap<>();

  Reconciler(
      @Qualifier("ledger") Store store,
      DoorLink link,
      Presence presence,
      Lanes lanes,
      Clock clock,
      Chores chores,
      ApiSettings settings) {
    this.store = store;
    this.link = link;
    this.presence = presence;
    this.lanes = lanes;
    this.clock = clock;
    this.key = DoorKey.of(settings.doorSigningKey());
    presence.onHeard(this::heard);
    chores.every(Duration.ofMillis(250), "credential-sync", this::turn);
  }

  /** Gives each terminal whose turn it is its next command; at most so many in one turn. */
  private void turn() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (Ledger.Key terminal : store.in(Scope.NOBODY, tx -> Ledger.due(tx, now, AT_ONCE))) {
      CredentialListCommand next = next(terminal, now);
      if (next != null) {
        send(terminal, next);
      }
    }
  }

  private @Nullable CredentialListCommand next(Ledger.Key terminal, Instant now) {
    try {
      return store.in(
          Scope.NOBODY, tx -> Ledger.tryHold(tx, terminal) ? next(tx, terminal, now) : null);
    } catch (RuntimeException e) {
      if (StoreAway.causes(e)) {
        throw e;
      }
      putOff(terminal, now, e);
      return null;
    }
  }

  /** A list that nobody can work on must not take all others' turn. */
  private void putOff(Ledger.Key terminal, Instant now, RuntimeException why) {
    log.error(
        "The list of {}/{} waits, it cannot be read", terminal.community(), terminal.device(), why);
    store.run(
        Scope.NOBODY,
        tx -> {
          Ledger.hold(tx, terminal);
          Ledger.failed(tx, Ledger.device(tx, terminal).orElseThrow(), "UNREADABLE", now);
        });
  }

  private @Nullable CredentialListCommand next(Transaction tx, Ledger.Key terminal, Instant now) {
    Ledger.Device device = Ledger.device(tx, terminal).orElseThrow();
    if (!DoorTopic.isId(terminal.community()) || !DoorTopic.isId(terminal.device())) {
      Ledger.failed(tx, device, "NOT_A_TOPIC", now);
      return null;
    }
    if (device.commandUntil() != null) {
      if (now.isBefore(device.commandUntil())) {
        Ledger.rest(tx, terminal, device.commandUntil());
      } else {
        Ledger.failed(tx, device, "NO_ANSWER", now);
        Ledger.unsure(tx, terminal);
      }
      return null;
    }
    if (presence.of(terminal.community(), terminal.device()) == Presence.State.OFFLINE) {
      Ledger.away(tx, terminal, now);
      return null;
    }
    if (device.reading() != null) {
      if (device.reading().isEmpty()) {
        Ledger.restartReading(tx, terminal);
      }
      return command(tx, device, Action.READ, List.of(), device.reading(), now);
    }
    if (!device.readDueAt().isAfter(now)) {
      return command(tx, device, Action.DIGEST, List.of(), "", now);
    }
    List<Ledger.Change> changes = Ledger.changes(tx, terminal, CredentialListCommand.MOST_CHANGES);
    if (!changes.isEmpty()) {
      return command(tx, device, Action.CHANGE, changes, "", now);
    }
    Ledger.rest(tx, terminal, device.readDueAt());
    return null;
  }

  private CredentialListCommand command(
      Transaction tx,
      Ledger.Device device,
      Action action,
      List<Ledger.Change> changes,
      String after,
      Instant now) {
    UUID id = UUID.randomUUID();
    long revision = Math.max(device.issued(), device.revision()) + 1;
    List<CredentialEntry> put = new ArrayList<>();
    List<String> remove = new ArrayList<>();
    for (Ledger.Change change : changes) {
      if (change.desired() == null) {
        remove.add(change.credential());
      } else {
        put.add(change.desired());
      }
    }
    if (action == Action.CHANGE) {
      Ledger.sent(tx, device.key(), changes, revision, now);
    }
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    CredentialListCommand command =
        new CredentialListCommand(
            id.toString(),
            device.key().community(),
            device.key().device(),
            action,
            device.revision(),
            revision,
            device.salt(),
            put,
            remove,
            after,
            HexFormat.of().formatHex(nonce),
            now.truncatedTo(ChronoUnit.MILLIS),
            now.plus(LIFETIME).truncatedTo(ChronoUnit.MILLIS));
    Ledger.underWay(tx, device.key(), id, action, now.plus(LIFETIME).plus(GRACE));
    return command;
  }

  private void send(Ledger.Key terminal, CredentialListCommand command) {
    byte[] signed;
    try {
      signed = SignedCredentialList.sign(command, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
    var unused =
        link.send(terminal.community(), terminal.device(), signed, LIFETIME.toSeconds())
            .thenAccept(
                delivery -> {
                  switch (delivery) {
                    case NOBODY, NOT_SENT ->
                        lanes.execute(terminal, () -> notDelivered(terminal, command, delivery));
                    case DELIVERED, UNCERTAIN -> {}
                  }
                });
  }

  private void notDelivered(
      Ledger.Key terminal, CredentialListCommand command, DoorLink.Delivery delivery) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    store.run(
        Scope.NOBODY,
        tx -> {
          Ledger.hold(tx, terminal);
          Ledger.Device device = Ledger.device(tx, terminal).orElseThrow();
          if (!UUID.fromString(command.id()).equals(device.command())) {
            return;
          }
          Ledger.notApplied(tx, device, delivery.name(), now);
          Ledger.failed(tx, device, delivery.name(), now);
          if (delivery == DoorLink.Delivery.NOBODY) {
            Ledger.away(tx, terminal, now);
          }
        });
  }

  /**
   * A terminal that comes back is asked at once what its list is; one that goes keeps it. One that
   * comes and goes faster than this is taken, is taken once.
   */
  private void heard(String community, String device, boolean online) {
    Ledger.Key terminal = new Ledger.Key(community, device);
    if (left.put(terminal, !online || left.getOrDefault(terminal, false)) == null) {
      lanes.execute(terminal, () -> takePresence(terminal));
    }
  }

  private void takePresence(Ledger.Key terminal) {
    Boolean gone = left.remove(terminal);
    if (gone == null) {
      return;
    }
    boolean online = presence.of(terminal.community(), terminal.device()) == Presence.State.ONLINE;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    store.run(
        Scope.NOBODY,
        tx -> {
          Ledger.hold(tx, terminal);
          if (gone) {
            Ledger.left(tx, terminal);
          }
          if (online) {
            Ledger.back(tx, terminal, now);
          }
        });
  }
}
