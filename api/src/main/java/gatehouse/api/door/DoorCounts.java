package gatehouse.api.door;

import gatehouse.api.identity.Account;
import gatehouse.api.store.Transaction;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How many doors are connected. */
@Component
public final class DoorCounts {

  private final DoorStore doors;
  private final Presence presence;
  private final Clock clock;

  DoorCounts(DoorStore doors, Presence presence, Clock clock) {
    this.doors = doors;
    this.presence = presence;
    this.clock = clock;
  }

  /** Doors that say that they are connected, and all others. */
  public record Counts(int online, int offline) {}

  /** The counts among the doors that the account may know of, in one community or all. */
  public Counts of(Transaction tx, Account account, @Nullable String community) {
    List<DoorStore.Row> known =
        doors.list(tx, account, clock.instant()).stream()
            .filter(door -> community == null || door.community().equals(community))
            .toList();
    int online =
        (int)
            known.stream()
                .filter(door -> presence.of(door.community(), door.id()) == Presence.State.ONLINE)
                .count();
    return new Counts(online, known.size() - online);
  }
}
