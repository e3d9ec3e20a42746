package gatehouse.api.door;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.door.DoorAck;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Hears the doors. An answer counts only from the topic of the door that the command was sent to;
 * the database, too, shows the community of the speaker and no other.
 */
@Component
final class DoorAnswers {

  private static final Logger log = LoggerFactory.getLogger(DoorAnswers.class);
  private static final int LANES = 8;
  private static final Duration GOOD_CLOCK = Duration.ofSeconds(2);

  private final Store store;
  private final CommandStore commands;
  private final AuditLog audit;
  private final Clock clock;
  private final Counter foreign;
  private final ExecutorService[] lanes;

  DoorAnswers(
      @Qualifier("doors") Store store,
      CommandStore commands,
      AuditLog audit,
      Clock clock,
      DoorLink link,
      MeterRegistry metrics) {
    this.store = store;
    this.commands = commands;
    this.audit = audit;
    this.clock = clock;
    this.foreign =
        Counter.builder("gatehouse.door.acks.refused")
            .description("Answers from a device that the command was not sent to")
            .register(metrics);
    this.lanes =
        IntStream.range(0, LANES)
            .mapToObj(lane -> Executors.newSingleThreadExecutor(work -> thread(work, lane)))
            .toArray(ExecutorService[]::new);
    link.onAck(this::heard);
  }

  /** The answers to one command are taken in their order. */
  private void heard(DoorTopic topic, DoorAck ack) {
    // Now, not when its turn comes: what waits here says nothing of the door's clock.
    Instant now = clock.instant();
    lanes[Math.floorMod(ack.command().hashCode(), LANES)].execute(
        () -> {
          try {
            take(topic, ack, now);
          } catch (RuntimeException e) {
            log.error("An answer of {}/{} is lost", topic.community(), topic.device(), e);
          }
        });
  }

  private void take(DoorTopic topic, DoorAck ack, Instant now) {
    UUID id = uuid(ack.command());
    if (id == null) {
      log.warn(
          "{}/{} refused something, {}", topic.community(), topic.device(), ack.reason().name());
      return;
    }
    store.run(
        RemoteOpen.acting(topic.community()),
        tx -> {
          CommandStore.Row command =
              commands.sentTo(tx, id, topic.community(), topic.device()).orElse(null);
          if (command == null) {
            refuse(tx, topic, ack);
            return;
          }
          Duration offset = Duration.between(now, ack.at());
          if (command.state().isUnanswered()) {
            commands.recordClock(tx, id, offset);
          }
          if (offset.abs().compareTo(GOOD_CLOCK) > 0) {
            log.warn(
                "The clock of {}/{} is off by {} s",
                topic.community(),
                topic.device(),
                offset.toSeconds());
          }
          apply(tx, id, ack, now);
        });
  }

  private void apply(Transaction tx, UUID id, DoorAck ack, Instant now) {
    switch (ack.stage()) {
      case ACCEPTED -> commands.advance(tx, id, CommandState.DEVICE_ACK, now, null);
      case RELEASED -> commands.advance(tx, id, CommandState.RELEASED, now, null);
      case OPENED -> commands.advance(tx, id, CommandState.OPENED, now, null);
      case RELOCKED -> commands.advance(tx, id, CommandState.RELOCKED, now, null);
      case REFUSED -> {
        switch (ack.reason()) {
          case EXPIRED -> commands.advance(tx, id, CommandState.EXPIRED, now, "REFUSED_BY_DOOR");
          // The door has carried it out before; those answers count, not this one.
          case REPEATED -> {}
          default -> commands.advance(tx, id, CommandState.DENIED, now, ack.reason().name());
        }
      }
    }
  }

  private void refuse(Transaction tx, DoorTopic topic, DoorAck ack) {
    foreign.increment();
    log.warn("{}/{} answers for a command it was not sent", topic.community(), topic.device());
    audit.append(
        tx,
        new AuditLog.Entry(
            topic.community(),
            topic.device(),
            "DEVICE",
            "",
            "door.ack",
            ack.command(),
            "REFUSED",
            ack.stage().name()));
  }

  @PreDestroy
  void stop() {
    for (ExecutorService lane : lanes) {
      lane.shutdown();
    }
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Thread thread(Runnable work, int lane) {
    Thread thread = new Thread(work, "door-answers-" + lane);
    thread.setDaemon(true);
    return thread;
  }
}
