package gatehouse.api.door;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * A lockdown beats a hold: a door that is held open when one begins is told to lock, again and
 * again until it says that it did. A hold that nobody ends is ended by the door itself.
 */
@Component
final class Holds {

  private static final Scope EVERY_DOOR = new Scope(Scope.EVERYWHERE, "DOORS", "");

  /** How long the door has to answer before it is told again. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Store store;
  private final CommandStore commands;
  private final RemoteOpen remoteOpen;
  private final Presence presence;
  private final Clock clock;

  Holds(
      @Qualifier("doors") Store store,
      CommandStore commands,
      RemoteOpen remoteOpen,
      Presence presence,
      Clock clock,
      Chores chores) {
    this.store = store;
    this.commands = commands;
    this.remoteOpen = remoteOpen;
    this.presence = presence;
    this.clock = clock;
    chores.every(Duration.ofMillis(500), "door-holds", this::endThoseUnderLockdown);
  }

  private void endThoseUnderLockdown() {
    Instant now = clock.instant();
    store.in(EVERY_DOOR, tx -> commands.underLockdown(tx, now, now.minus(PATIENCE))).stream()
        .filter(hold -> presence.of(hold.community(), hold.door()) != Presence.State.OFFLINE)
        .forEach(remoteOpen::endHold);
  }
}
