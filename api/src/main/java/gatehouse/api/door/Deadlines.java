package gatehouse.api.door;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Ends commands whose time is over, whoever sent them: EXPIRED if certainly nothing was sent,
 * UNKNOWN if it was and the door stayed silent.
 */
@Component
final class Deadlines {

  /** How long after its end a command's answers are waited for. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private static final Scope EVERY_DOOR = new Scope(Scope.EVERYWHERE, "DOORS", "");

  private final Store store;
  private final CommandStore commands;
  private final Clock clock;

  Deadlines(@Qualifier("doors") Store store, CommandStore commands, Clock clock, Chores chores) {
    this.store = store;
    this.commands = commands;
    this.clock = clock;
    chores.every(Duration.ofMillis(250), "door-deadlines", this::sweep);
  }

  private void sweep() {
    Instant now = clock.instant();
    store.run(
        EVERY_DOOR,
        tx -> {
          for (UUID id : commands.neverSent(tx, now)) {
            commands.advance(tx, id, CommandState.EXPIRED, now, "NOT_SENT");
          }
          for (UUID id : commands.unanswered(tx, now.minus(GRACE))) {
            commands.advance(tx, id, CommandState.UNKNOWN, now, "NO_ANSWER");
          }
        });
  }
}
