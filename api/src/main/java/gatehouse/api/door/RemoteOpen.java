package gatehouse.api.door;

import gatehouse.api.ApiSettings;
import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.door.DoorCommand;
import gatehouse.door.SignedDoorCommand;
import gatehouse.registry.RemoteOpenRequest.Capacity;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Opens a door (远程开门): who may, whether now, and the one sending of the command.
 *
 * <p>In this order, each step committed before the next: the command is written down; the only turn
 * to send it is taken; it is sent. A crash between any two leaves a command that is never sent
 * later.
 */
@Component
final class RemoteOpen {

  private static final int TRIES_IN_FIVE_MINUTES = 6;
  private static final int TRIES_IN_A_DAY = 20;
  private static final int TRIES_IN_FIVE_MINUTES_ON_DUTY = 20;
  private static final int TRIES_IN_A_DAY_ON_DUTY = 200;

  /** How long the answer to the request waits for the broker's word. */
  private static final long BROKER_MILLIS = 800;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Store store;
  private final DoorStore doors;
  private final CommandStore commands;
  private final DoorLink link;
  private final Presence presence;
  private final AuditLog audit;
  private final Clock clock;
  private final Duration lifetime;
  private final PrivateKey key;

  RemoteOpen(
      @Qualifier("doors") Store store,
      DoorStore doors,
      CommandStore commands,
      DoorLink link,
      Presence presence,
      AuditLog audit,
      Clock clock,
      ApiSettings settings) {
    this.store = store;
    this.doors = doors;
    this.commands = commands;
    this.link = link;
    this.presence = presence;
    this.audit = audit;
    this.clock = clock;
    this.lifetime = settings.doorCommandLifetime();
    this.key = DoorKey.of(settings.doorSigningKey());
  }

  /** A request: new, or one that was there before. */
  private record Asked(UUID id, @Nullable DoorCommand toSend, @Nullable Refusal refusal) {}

  /**
   * Opens a door for an account, holds it open or locks it, or says why not.
   *
   * @param community the door's community, if the caller said it
   * @param idempotencyKey the same key is the same wish, however often it comes
   * @param phone id of the phone that has signed the request; empty: it did not come from one
   * @throws Refusal if the door is not known to the account, or it may not be opened now
   */
  CommandView order(
      Account account,
      @Nullable String community,
      String door,
      DoorOrder order,
      String idempotencyKey,
      String phone,
      String address) {
    Asked asked =
        store.in(
            account.scope(),
            tx -> ask(tx, account, community, door, order, idempotencyKey, phone, address));
    if (asked.refusal() != null) {
      throw asked.refusal();
    }
    if (asked.toSend() != null) {
      sendOnce(asked.toSend());
    }
    return store.in(
        account.scope(), tx -> commands.view(tx, asked.id()).orElseThrow(Refusal::notFound));
  }

  private Asked ask(
      Transaction tx,
      Account account,
      @Nullable String community,
      String door,
      DoorOrder order,
      String idempotencyKey,
      String phone,
      String address) {
    commands.serialise(tx, account.id());
    CommandStore.Row before = commands.byKey(tx, account.id(), idempotencyKey).orElse(null);
    if (before != null) {
      return repeated(tx, before, community, door, order);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<DoorStore.Row> found = doors.find(tx, account, community, door, now);
    if (found.isEmpty()) {
      throw Refusal.notFound();
    }
    if (found.size() > 1) {
      throw Refusal.of(HttpStatus.CONFLICT, "door-ambiguous");
    }
    DoorStore.Row target = found.get(0);
    DoorCommand command = command(target.community(), target.id(), order, now);
    Denial denial = denial(tx, account, target, order, now);
    boolean offline =
        denial == null && presence.of(target.community(), target.id()) == Presence.State.OFFLINE;
    List<CommandState> states =
        denial != null
            ? List.of(CommandState.REQUESTED, CommandState.DENIED)
            : offline
                ? List.of(
                    CommandState.REQUESTED, CommandState.AUTHORISED, CommandState.DOOR_OFFLINE)
                : List.of(CommandState.REQUESTED, CommandState.AUTHORISED);
    String reason = denial == null ? null : denial.reason();
    commands.insert(tx, command, order, account.id(), idempotencyKey, phone, states, reason);
    auditRequest(tx, account, address, command, order, states.get(states.size() - 1), reason);
    if (denial != null) {
      CommandView view = commands.view(tx, id(command)).orElseThrow();
      return new Asked(id(command), null, denial.refusal(view));
    }
    return new Asked(id(command), offline ? null : command, null);
  }

  /** The same wish again: the same command, and the same refusal if it was refused. */
  private Asked repeated(
      Transaction tx,
      CommandStore.Row before,
      @Nullable String community,
      String door,
      DoorOrder order) {
    if (!before.door().equals(door)
        || !before.action().equals(order.action().name())
        || !before.capacity().equals(order.capacity().name())
        || (community != null && !community.equals(before.community()))) {
      throw Refusal.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused");
    }
    for (Denial denial : Denial.values()) {
      if (before.state() == CommandState.DENIED && denial.reason().equals(before.reason())) {
        return new Asked(
            before.id(), null, denial.refusal(commands.view(tx, before.id()).orElseThrow()));
      }
    }
    return new Asked(before.id(), null, null);
  }

  private @Nullable Denial denial(
      Transaction tx, Account account, DoorStore.Row door, DoorOrder order, Instant now) {
    if (!order.opens()) {
      return null;
    }
    if (!order.onDuty() && !door.right()) {
      return Denial.NO_RIGHT;
    }
    if (door.lockdown()) {
      return Denial.LOCKDOWN;
    }
    Capacity capacity = order.capacity();
    boolean duty = order.onDuty();
    if (commands.tries(tx, account.id(), capacity, now, Duration.ofMinutes(5))
            >= (duty ? TRIES_IN_FIVE_MINUTES_ON_DUTY : TRIES_IN_FIVE_MINUTES)
        || commands.tries(tx, account.id(), capacity, now, Duration.ofDays(1))
            >= (duty ? TRIES_IN_A_DAY_ON_DUTY : TRIES_IN_A_DAY)) {
      return Denial.RATE_LIMIT;
    }
    return null;
  }

  /**
   * Locks a door again whose hold a lockdown ends. Nobody asked: it stands beside the hold, in the
   * name of whoever asked for that.
   */
  void endHold(CommandStore.Hold hold) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    DoorOrder order = DoorOrder.lock("LOCKDOWN");
    DoorCommand command = command(hold.community(), hold.door(), order, now);
    store.run(
        acting(hold.community()),
        tx -> {
          commands.insert(
              tx,
              command,
              order,
              hold.account(),
              "lockdown-" + command.id(),
              "",
              List.of(CommandState.REQUESTED, CommandState.AUTHORISED),
              null);
          audit.append(
              tx,
              new AuditLog.Entry(
                  hold.community(),
                  "gatehouse",
                  "DOORS",
                  "",
                  "door.hold.end",
                  hold.door() + " " + hold.id(),
                  "DONE",
                  "LOCKDOWN"));
        });
    sendOnce(command);
  }

  private DoorCommand command(String community, String door, DoorOrder order, Instant now) {
    byte[] nonce = new byte[18];
    RANDOM.nextBytes(nonce);
    return new DoorCommand(
        UUID.randomUUID().toString(),
        community,
        door,
        order.action(),
        Base64.getUrlEncoder().withoutPadding().encodeToString(nonce),
        now,
        now.plus(lifetime),
        order.holdUntil());
  }

  private void sendOnce(DoorCommand command) {
    byte[] signed;
    try {
      signed = SignedDoorCommand.sign(command, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
    boolean mine =
        store.in(
            acting(command.community()),
            tx -> {
              if (command.action() != DoorCommand.Action.LOCK
                  && !doors.isFree(tx, command.community(), command.door())) {
                commands.advance(
                    tx,
                    id(command),
                    CommandState.DENIED,
                    clock.instant(),
                    Denial.LOCKDOWN.reason());
                return false;
              }
              return commands.claim(tx, id(command), clock.instant());
            });
    if (!mine) {
      return;
    }
    CompletableFuture<Void> told =
        link.send(command.community(), command.door(), signed, lifetime.toSeconds())
            .thenAcceptAsync(delivery -> record(command, delivery));
    try {
      told.get(BROKER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The answer says what is known so far; the rest follows on the stream.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void record(DoorCommand command, DoorLink.Delivery delivery) {
    Instant now = clock.instant();
    store.run(
        acting(command.community()),
        tx -> {
          switch (delivery) {
            case DELIVERED -> {
              if (!commands.advance(tx, id(command), CommandState.SENT, now, null)) {
                // The door was faster than the broker's word.
                commands.recordStep(tx, id(command), CommandState.SENT, now);
              }
            }
            case NOBODY -> commands.advance(tx, id(command), CommandState.DOOR_OFFLINE, now, null);
            case NOT_SENT ->
                commands.advance(
                    tx, id(command), CommandState.DOOR_OFFLINE, now, "BROKER_UNREACHABLE");
            case UNCERTAIN -> {}
          }
        });
  }

  private void auditRequest(
      Transaction tx,
      Account account,
      String address,
      DoorCommand command,
      DoorOrder order,
      CommandState state,
      @Nullable String reason) {
    String denied = reason == null ? "" : reason;
    audit.append(
        tx,
        new AuditLog.Entry(
            command.community(),
            account.username(),
            account.role().name(),
            address,
            order.auditAction(),
            command.door() + " " + command.id(),
            state.name(),
            !order.onDuty()
                ? denied
                : denied.isEmpty() ? order.purpose() : order.purpose() + " (" + denied + ")"));
  }

  /** The part of the API that speaks with the doors of one community. */
  static Scope acting(String community) {
    return new Scope(community, "DOORS", "");
  }

  private static UUID id(DoorCommand command) {
    return UUID.fromString(command.id());
  }
}
