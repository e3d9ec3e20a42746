package gatehouse.labelled.routine;

import gatehouse.labelled.Dice;
import gatehouse.labelled.Settlement;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.act.Passages;
import java.time.Instant;

/** The ordinary days of a community. Nothing of it is wrong. */
public final class Routine {

  private final Dice dice;
  private final ResidentsDay residents;
  private final GuestsDay guests;
  private final WorkersDay workers;
  private final HomesDay homes;
  private final GroundsDay grounds;

  /** The routine of a community. */
  public Routine(Settlement settlement, Agenda agenda, Passages passages, Dice dice) {
    this.dice = dice;
    Outings outings = new Outings(settlement, agenda, passages, dice);
    Whereabouts whereabouts = new Whereabouts();
    this.residents = new ResidentsDay(settlement, agenda, outings, whereabouts, dice);
    this.guests = new GuestsDay(settlement, agenda, passages, dice);
    this.workers = new WorkersDay(settlement, agenda, passages, dice);
    this.homes = new HomesDay(settlement, agenda, whereabouts, dice);
    this.grounds = new GroundsDay(settlement, agenda, dice);
  }

  /** Puts a day into the agenda; days are planned one after the other. */
  public void plan(Instant midnight) {
    Weather weather = new Weather(dice);
    residents.plan(midnight, weather);
    guests.plan(midnight, weather);
    workers.plan(midnight);
    homes.plan(midnight);
    grounds.plan(midnight, weather);
  }
}
