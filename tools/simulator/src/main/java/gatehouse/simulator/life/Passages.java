package gatehouse.simulator.life;

import static gatehouse.simulator.life.Happening.door;
import static gatehouse.simulator.life.Happening.granted;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import java.time.Duration;
import java.util.Random;

/** How people pass doors. */
final class Passages {

  private final Agenda agenda;
  private final Contacts contacts;
  private final Random random;

  Passages(Agenda agenda, Contacts contacts, Random random) {
    this.agenda = agenda;
    this.contacts = contacts;
    this.random = random;
  }

  /** Somebody opens a door with a credential and lets it fall shut. */
  void enter(Duration delay, String community, String device, String card, String subjectType) {
    through(delay, community, device, card, subjectType, Direction.IN);
  }

  /** Somebody passes a door with a reader on both sides. */
  void through(
      Duration delay,
      String community,
      String device,
      String card,
      String subjectType,
      Direction direction) {
    agenda.report(
        delay, community, device, granted(card, CredentialType.CARD, subjectType, direction));
    swing(delay.plusMillis(900 + random.nextInt(900)), community, device);
  }

  /** Somebody leaves: presses the exit button, opens, and lets the door fall shut. */
  void leave(Duration delay, String community, String device) {
    agenda.report(delay, community, device, door(DoorEvent.Change.REQUEST_TO_EXIT));
    swing(delay.plusMillis(700 + random.nextInt(900)), community, device);
  }

  /** The door opens, and closes after some seconds. */
  private void swing(Duration delay, String community, String device) {
    contacts.hold(delay, community, device, Duration.ofMillis(2_500 + random.nextInt(4_000)));
  }
}
