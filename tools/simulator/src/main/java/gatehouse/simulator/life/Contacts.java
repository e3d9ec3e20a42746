package gatehouse.simulator.life;

import static gatehouse.simulator.life.Happening.door;

import gatehouse.event.DoorEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The contacts of the doors: a door that is open stays open until the last one lets go of it, and
 * only what changes is reported.
 */
public final class Contacts {

  private static final Duration LATCH = Duration.ofMillis(300);

  private final Agenda agenda;
  private final Map<String, Integer> holding = new HashMap<>();

  /** All doors are shut. */
  public Contacts(Agenda agenda) {
    this.agenda = agenda;
  }

  /** Somebody opens a door after a while and holds it for so long. */
  void hold(Duration delay, String community, String device, Duration length) {
    String name = community + '/' + device;
    agenda.after(
        delay,
        () -> {
          if (holding.merge(name, 1, Integer::sum) == 1) {
            agenda.report(Duration.ZERO, community, device, door(DoorEvent.Change.OPENED));
          }
        });
    agenda.after(
        delay.plus(length),
        () -> {
          if (holding.merge(name, -1, Integer::sum) == 0) {
            agenda.report(Duration.ZERO, community, device, door(DoorEvent.Change.CLOSED));
            agenda.report(LATCH, community, device, door(DoorEvent.Change.LOCKED));
          }
        });
  }
}
