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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private static final int MOST_AT_ONCE = 50;
  private static final Duration GOOD_CLOCK = Duration.ofSeconds(2);

  /**
   * Commands are locked in the database's order of their ids by whoever locks several; answers to
   * one stay as they came.
   */
  private static final Comparator<Answer> BY_COMMAND =
      Comparator.comparing(answer -> answer.command().toString());

  private final Store store;
  private final CommandStore commands;
  private final AuditLog audit;
  private final Clock clock;
  private final Counter foreign;
  private final Lane[] lanes;

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
    this.lanes = IntStream.range(0, LANES).mapToObj(Lane::new).toArray(Lane[]::new);
    link.onAck(this::heard);
  }

  /**
   * An answer.
   *
   * @param heard when it came, not when its turn comes: waiting says nothing of the door's clock
   */
  private record Answer(DoorTopic topic, UUID command, DoorAck ack, Instant heard) {

    Duration clockOffset() {
      return Duration.between(heard, ack.at());
    }
  }

  private void heard(DoorTopic topic, DoorAck ack) {
    UUID command = uuid(ack.command());
    if (command == null) {
      log.warn(
          "{}/{} refused something, {}", topic.community(), topic.device(), ack.reason().name());
      return;
    }
    lanes[Math.floorMod(topic.community().hashCode(), LANES)].take(
        new Answer(topic, command, ack, clock.instant()));
  }

  /** The answers from a community are taken in their order. */
  private final class Lane {

    private final Queue<Answer> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread;

    Lane(int number) {
      this.thread = Executors.newSingleThreadExecutor(work -> thread(work, number));
    }

    void take(Answer answer) {
      waiting.add(answer);
      thread.execute(this::takeWaiting);
    }

    /** Those that came while others were taken go together: many cost little more than one. */
    private void takeWaiting() {
      Map<String, List<Answer>> byCommunity = new LinkedHashMap<>();
      for (int i = 0; i < MOST_AT_ONCE; i++) {
        Answer answer = waiting.poll();
        if (answer == null) {
          break;
        }
        byCommunity
            .computeIfAbsent(answer.topic().community(), community -> new ArrayList<>())
            .add(answer);
      }
      byCommunity.forEach(
          (community, answers) -> {
            answers.sort(BY_COMMAND);
            takeTogether(community, answers);
          });
    }
  }

  /** One that cannot be taken does not keep the others from it. */
  private void takeTogether(String community, List<Answer> answers) {
    try {
      store.run(RemoteOpen.acting(community), tx -> answers.forEach(answer -> take(tx, answer)));
    } catch (RuntimeException e) {
      if (answers.size() == 1) {
        log.error("An answer of {}/{} is lost", community, answers.get(0).topic().device(), e);
      } else {
        answers.forEach(answer -> takeTogether(community, List.of(answer)));
      }
    }
  }

  private void take(Transaction tx, Answer answer) {
    DoorTopic topic = answer.topic();
    CommandStore.Move move = move(answer.ack(), answer.heard());
    boolean own =
        move == null
            ? commands.wasSentTo(tx, answer.command(), topic.community(), topic.device())
            : commands.answered(
                tx,
                answer.command(),
                new CommandStore.Speaker(topic.community(), topic.device(), answer.clockOffset()),
                move);
    if (!own) {
      refuse(tx, topic, answer.ack());
    } else if (answer.clockOffset().abs().compareTo(GOOD_CLOCK) > 0) {
      log.warn(
          "The clock of {}/{} is off by {} s",
          topic.community(),
          topic.device(),
          answer.clockOffset().toSeconds());
    }
  }

  /** Where an answer moves its command; null: nowhere. */
  private static CommandStore.@Nullable Move move(DoorAck ack, Instant at) {
    return switch (ack.stage()) {
      case ACCEPTED -> new CommandStore.Move(CommandState.DEVICE_ACK, at, null);
      case RELEASED -> new CommandStore.Move(CommandState.RELEASED, at, null);
      case OPENED -> new CommandStore.Move(CommandState.OPENED, at, null);
      case RELOCKED -> new CommandStore.Move(CommandState.RELOCKED, at, null);
      case REFUSED ->
          switch (ack.reason()) {
            case EXPIRED -> new CommandStore.Move(CommandState.EXPIRED, at, "REFUSED_BY_DOOR");
            // The door has carried it out before; those answers count, not this one.
            case REPEATED -> null;
            default -> new CommandStore.Move(CommandState.DENIED, at, ack.reason().name());
          };
    };
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
    for (Lane lane : lanes) {
      lane.thread.shutdown();
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
