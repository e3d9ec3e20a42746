package gatehouse.labelled.routine;

import gatehouse.labelled.Dice;
import gatehouse.labelled.Settlement;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.act.Passages;
import gatehouse.labelled.act.Passages.App;
import gatehouse.labelled.people.Home;
import gatehouse.labelled.people.Household;
import gatehouse.labelled.people.Registration;
import gatehouse.registry.Entry;
import gatehouse.registry.PhoneBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Residents let guests in by phone: sometimes twice, because the guest was slow. Now and then
 * somebody has a new phone.
 */
final class RemoteOpens {

  private static final double NEW_PHONE = 1 / 500.0;
  private static final double TOO_SLOW = 0.12;

  private final Settlement settlement;
  private final Agenda agenda;
  private final Passages passages;
  private final Dice dice;
  private final Map<String, Integer> phones = new HashMap<>();

  RemoteOpens(Settlement settlement, Agenda agenda, Passages passages, Dice dice) {
    this.settlement = settlement;
    this.agenda = agenda;
    this.passages = passages;
    this.dice = dice;
  }

  /** Lets somebody in; false if nobody of the home can. */
  boolean letIn(Instant at, Home home, int persons) {
    String account = Registration.account(settlement.id(), home);
    if (agenda.paused(account, at)) {
      return false;
    }
    App app = new App(account, Registration.phone(account, phones.getOrDefault(account, 0)));
    Instant asked = at;
    while (dice.chance(TOO_SLOW)) {
      passages.enterRemotely(asked, home.building(), app, 0);
      asked = asked.plus(dice.seconds(8, 25));
    }
    passages.enterRemotely(asked, home.building(), app, persons);
    return true;
  }

  void replacePhones(Instant midnight) {
    for (Household household : settlement.population().households()) {
      String account = Registration.account(settlement.id(), household.home());
      Instant at = midnight.plus(dice.duration(Duration.ofHours(7), Duration.ofMinutes(510)));
      if (dice.chance(NEW_PHONE) && !agenda.paused(account, at)) {
        replace(account, at);
      }
    }
  }

  private void replace(String account, Instant at) {
    int old = phones.getOrDefault(account, 0);
    String community = settlement.id();
    // The binding of the old phone ends when the new one begins.
    agenda.register(
        new PhoneBinding(
            new Entry(
                "phone-" + account + "-ended-" + old,
                community,
                at,
                at.minus(Duration.ofDays(365)),
                at),
            Registration.phone(account, old),
            account));
    agenda.register(
        new PhoneBinding(
            new Entry("phone-" + account + '-' + (old + 1), community, at, at, null),
            Registration.phone(account, old + 1),
            account));
    phones.put(account, old + 1);
  }
}
