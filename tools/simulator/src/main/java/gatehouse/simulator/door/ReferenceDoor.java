package gatehouse.simulator.door;

import gatehouse.credential.CredentialEntry;
import gatehouse.credential.CredentialListAnswer;
import gatehouse.credential.SignedCredentialList;
import gatehouse.door.DoorAck;
import gatehouse.door.DoorCommand;
import gatehouse.door.DoorRefusal;
import gatehouse.door.PassQr;
import gatehouse.door.SignedDoorCommand;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.site.Place;
import gatehouse.wire.DeviceMessage;
import gatehouse.wire.RecordCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A door that opens only for a command that is signed, for it, in its time and not yet used, or for
 * a credential on its list, and that says what it did: on its ack topic and by its own events.
 */
public final class ReferenceDoor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ReferenceDoor.class);

  private static final CredentialMemory.Decision LOCKED =
      new CredentialMemory.Decision(null, DenialReason.LOCKDOWN);
  private static final CredentialMemory.Decision UNKNOWN =
      new CredentialMemory.Decision(null, DenialReason.UNKNOWN_CREDENTIAL);

  private final DoorSetup setup;
  private final ScheduledExecutorService executor;
  private final CommandGuard guard;
  private final TerminalList list;
  private final DoorConnection connection;
  private final String boot = UUID.randomUUID().toString().substring(0, 8);
  private final List<String> releases = new CopyOnWriteArrayList<>();
  private final List<DoorAck.Refusal> refusals = new CopyOnWriteArrayList<>();
  private final List<String> unlocked = new ArrayList<>();
  private volatile boolean lockedOnSite;
  private @Nullable String hold;
  private @Nullable ScheduledFuture<?> holdEnd;
  private boolean fire;
  private long seq;

  private ReferenceDoor(
      DoorSetup setup, ScheduledExecutorService executor, NonceMemory memory, TerminalList list) {
    this.setup = setup;
    this.executor = executor;
    this.guard = new CommandGuard(setup.community(), setup.device(), setup.platform(), memory);
    this.list = list;
    this.connection = new DoorConnection(setup, executor, this::onCommand);
  }

  /**
   * Installs a door and connects it.
   *
   * @param executor carries out its work; may serve many doors
   * @throws IOException if its memory cannot be read or the broker refuses it
   */
  public static ReferenceDoor start(DoorSetup setup, ScheduledExecutorService executor)
      throws IOException {
    NonceMemory nonces = NonceMemory.open(setup.memory());
    ReferenceDoor door =
        new ReferenceDoor(setup, executor, nonces, TerminalList.open(setup, nonces));
    try {
      door.connection.connect();
    } catch (MqttException e) {
      throw new IOException(setup + " cannot connect, reason " + e.getReasonCode(), e);
    }
    return door;
  }

  /** Ids of the commands for which the lock was released, in order. */
  public List<String> releases() {
    return List.copyOf(releases);
  }

  /** Why messages were refused, in order. */
  public List<DoorAck.Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** Holds the door locked on site, whatever the platform says. */
  public void lockOnSite(boolean locked) {
    lockedOnSite = locked;
  }

  /** The list it opens by; what is changed there directly, is changed on site. */
  public CredentialMemory list() {
    return list.memory();
  }

  /** Why commands for its list were refused, in order. */
  public List<CredentialListAnswer.Refusal> listRefusals() {
    return list.refusals();
  }

  /**
   * Somebody holds a card, a phone or a face to the reader. The door decides by its list alone.
   *
   * @param credential what the reader reads
   * @param at by the door's clock
   * @return {@link DenialReason#NONE} if the door was released
   */
  public DenialReason present(String credential, Instant at) throws IOException {
    boolean isId = CredentialEntry.isId(credential);
    return decided(
        lockedOnSite ? LOCKED : isId ? list.memory().read(credential, at) : UNKNOWN,
        isId ? credential : "",
        CredentialType.CARD);
  }

  /**
   * Somebody types a PIN or shows a code. What does not fit is refused, not cut to fit, and a code
   * is never reported.
   *
   * @param at by the door's clock
   * @return {@link DenialReason#NONE} if the door was released
   */
  public DenialReason enter(String code, Instant at) throws IOException {
    return decided(
        lockedOnSite ? LOCKED : CredentialEntry.isId(code) ? list.memory().code(code, at) : UNKNOWN,
        "",
        CredentialType.PIN);
  }

  /**
   * Somebody shows the QR code of a pass. The door checks its signature and its half minute alone,
   * and that the pass is on its list.
   *
   * @param at by the door's clock
   * @return {@link DenialReason#NONE} if the door was released
   */
  public DenialReason scan(String qr, Instant at) throws IOException {
    Optional<PassQr> pass = PassQr.verify(qr, setup.community(), setup.platform(), at);
    return decided(
        lockedOnSite
            ? LOCKED
            : pass.isPresent() ? list.memory().pass(pass.get().pass(), at) : UNKNOWN,
        "",
        CredentialType.QR);
  }

  private DenialReason decided(
      CredentialMemory.Decision decision, String unknown, CredentialType presented) {
    CredentialEntry entry = decision.entry();
    report(
        origin ->
            new AccessEvent(
                origin,
                entry == null ? unknown : entry.credential(),
                entry == null ? presented : entry.type(),
                "",
                null,
                null,
                Direction.UNKNOWN,
                decision.granted() ? Outcome.GRANTED : Outcome.DENIED,
                decision.reason(),
                false,
                null));
    Passage passage = setup.passage();
    if (decision.granted() && passage.somebody()) {
      after(passage.opensAfter(), () -> swing(passage));
    }
    return decision.reason();
  }

  /** Somebody goes through. */
  private void swing(Passage passage) {
    report(origin -> new DoorEvent(origin, DoorEvent.Change.OPENED));
    after(
        passage.closesAfter(),
        () -> {
          report(origin -> new DoorEvent(origin, DoorEvent.Change.CLOSED));
          report(origin -> new DoorEvent(origin, DoorEvent.Change.LOCKED));
        });
  }

  /**
   * The fire panel releases the door, or gives it back. As long as it does no command and no
   * lockdown locks it.
   */
  public synchronized void fire(boolean releases) {
    fire = releases;
    if (releases) {
      report(origin -> new DoorEvent(origin, DoorEvent.Change.FIRE_RELEASE));
    } else {
      lockIfNothingReleases();
    }
  }

  /** Whether a hold or the fire panel keeps the lock released. */
  public synchronized boolean isReleased() {
    return hold != null || fire;
  }

  /** Reports something else that happens at this device, over the same connection. */
  public void report(Function<Origin, DeviceEvent> event) {
    connection.publish("event", DeviceMessage.encode(event.apply(origin())));
  }

  /** Loses power: no good-bye; the broker speaks its last will. */
  public void cut() {
    connection.cut();
  }

  @Override
  public void close() {
    connection.close();
  }

  private void onCommand(MqttMessage message) {
    if (SignedCredentialList.claims(message.getPayload())) {
      onList(message);
      return;
    }
    String id = "";
    try {
      if (message.isRetained()) {
        // Commands are never retained: this one was left by somebody for a door that comes back.
        throw new DoorRefusal(DoorAck.Refusal.MALFORMED);
      }
      DoorCommand command = guard.admit(message.getPayload(), setup.clock().instant());
      id = command.id();
      carryOut(command);
    } catch (DoorRefusal e) {
      refusals.add(e.reason());
      acknowledge(id.isEmpty() ? idOf(message) : id, DoorAck.Stage.REFUSED, e.reason());
    } catch (IOException e) {
      log.error("{} cannot remember commands and stays locked", setup, e);
    }
  }

  private void onList(MqttMessage message) {
    try {
      connection.publish(
          "ack",
          RecordCodec.of(CredentialListAnswer.class)
              .encode(list.take(message.getPayload(), message.isRetained())),
          CredentialListAnswer.CONTENT_TYPE);
    } catch (IOException e) {
      log.error("{} cannot keep its list and leaves it as it is", setup, e);
    }
  }

  private synchronized void carryOut(DoorCommand command) throws DoorRefusal {
    if (command.action() == DoorCommand.Action.LOCK) {
      lock(command.id());
      return;
    }
    if (lockedOnSite) {
      throw new DoorRefusal(DoorAck.Refusal.LOCKED_ON_SITE);
    }
    Instant until = command.holdUntil();
    if (until == null) {
      release(command.id());
    } else {
      hold(command.id(), until);
    }
  }

  private void release(String command) {
    released(command, DoorEvent.Change.REMOTE_RELEASE);
    Passage passage = setup.passage();
    if (passage.somebody()) {
      after(passage.opensAfter(), () -> opened(command, passage));
    } else {
      after(passage.pulse(), () -> locked(command));
    }
  }

  /** Stays released until the time, and locks by the door's own clock. */
  private void hold(String command, Instant until) {
    forgetHold();
    hold = command;
    unlocked.add(command);
    released(command, DoorEvent.Change.SCHEDULED_RELEASE);
    holdEnd =
        executor.schedule(
            () -> endHold(command),
            Duration.between(setup.clock().instant(), until).toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private synchronized void endHold(String command) {
    if (command.equals(hold)) {
      forgetHold();
      report(origin -> new DoorEvent(origin, DoorEvent.Change.SCHEDULED_END));
      lockIfNothingReleases();
    }
  }

  private void lock(String command) throws DoorRefusal {
    boolean held = hold != null;
    forgetHold();
    if (held) {
      report(origin -> new DoorEvent(origin, DoorEvent.Change.SCHEDULED_END));
    }
    if (fire) {
      throw new DoorRefusal(DoorAck.Refusal.FIRE_RELEASE);
    }
    acknowledge(command, DoorAck.Stage.ACCEPTED, DoorAck.Refusal.NONE);
    unlocked.add(command);
    lockIfNothingReleases();
  }

  private void forgetHold() {
    hold = null;
    if (holdEnd != null) {
      holdEnd.cancel(false);
      holdEnd = null;
    }
  }

  private void released(String command, DoorEvent.Change how) {
    acknowledge(command, DoorAck.Stage.ACCEPTED, DoorAck.Refusal.NONE);
    releases.add(command);
    acknowledge(command, DoorAck.Stage.RELEASED, DoorAck.Refusal.NONE);
    report(origin -> new DoorEvent(origin, how));
    report(
        origin ->
            new AccessEvent(
                origin,
                "",
                CredentialType.REMOTE,
                "",
                null,
                null,
                Direction.UNKNOWN,
                Outcome.GRANTED,
                DenialReason.NONE,
                false,
                command));
  }

  private void opened(String command, Passage passage) {
    acknowledge(command, DoorAck.Stage.OPENED, DoorAck.Refusal.NONE);
    report(origin -> new DoorEvent(origin, DoorEvent.Change.OPENED));
    after(
        passage.closesAfter(),
        () -> {
          report(origin -> new DoorEvent(origin, DoorEvent.Change.CLOSED));
          locked(command);
        });
  }

  /** The passage of a command is over; the door locks unless something else keeps it released. */
  private synchronized void locked(String command) {
    unlocked.add(command);
    lockIfNothingReleases();
  }

  private synchronized void lockIfNothingReleases() {
    if (hold != null || fire) {
      return;
    }
    report(origin -> new DoorEvent(origin, DoorEvent.Change.LOCKED));
    unlocked.forEach(one -> acknowledge(one, DoorAck.Stage.RELOCKED, DoorAck.Refusal.NONE));
    unlocked.clear();
  }

  private void acknowledge(String command, DoorAck.Stage stage, DoorAck.Refusal reason) {
    connection.publish(
        "ack",
        RecordCodec.of(DoorAck.class)
            .encode(new DoorAck(command, stage, reason, setup.clock().instant())));
  }

  private void after(Duration delay, Runnable step) {
    ScheduledFuture<?> unused = executor.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized Origin origin() {
    Instant now = setup.clock().instant();
    long number = seq++;
    return new Origin(
        setup.device() + "-" + boot + "-" + number,
        setup.community(),
        setup.device(),
        Place.of(setup.place()),
        now,
        now,
        boot,
        number,
        false,
        ClockQuality.UNKNOWN);
  }

  /** The id of a command with a good signature, so that the platform learns why it was refused. */
  private String idOf(MqttMessage message) {
    try {
      return SignedDoorCommand.verify(message.getPayload(), setup.platform()).id();
    } catch (DoorRefusal e) {
      return "";
    }
  }
}
