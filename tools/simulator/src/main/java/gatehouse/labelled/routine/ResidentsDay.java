package gatehouse.labelled.routine;

import gatehouse.labelled.CitySettings;
import gatehouse.labelled.Dice;
import gatehouse.labelled.Settlement;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.people.Elder;
import gatehouse.labelled.people.Household;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.people.Resident.Way;
import gatehouse.registry.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A day of the residents: work, school, errands, walks, trips away. */
final class ResidentsDay {

  private static final double ACCOMPANY = 0.35;
  private static final double SICK_OR_AT_HOME = 0.07;
  private static final double SHIFTS = 0.7;
  private static final double TRIP_AWAY = 1 / 60.0;
  private static final double SAID = 0.9;
  private static final double BY_CAR = 0.6;
  private static final double BY_BIKE = 0.55;

  /** Nobody leaves again before this has passed since they came back. */
  private static final Duration REST = Duration.ofMinutes(12);

  private final Settlement settlement;
  private final Agenda agenda;
  private final Outings outings;
  private final Dice dice;
  private final Whereabouts whereabouts;

  ResidentsDay(
      Settlement settlement, Agenda agenda, Outings outings, Whereabouts whereabouts, Dice dice) {
    this.settlement = settlement;
    this.agenda = agenda;
    this.outings = outings;
    this.whereabouts = whereabouts;
    this.dice = dice;
  }

  void plan(Instant midnight, Weather weather) {
    whereabouts.forgetBefore(midnight.minus(Duration.ofHours(6)));
    boolean workday = midnight.atZone(CitySettings.ZONE).getDayOfWeek().getValue() <= 5;
    for (Household household : settlement.population().households()) {
      if (dice.chance(TRIP_AWAY)) {
        trip(household, midnight.plus(dice.seconds(8 * 3600, 11 * 3600)));
      }
      List<Resident> atHome = new ArrayList<>();
      for (Resident member : household.members()) {
        boolean school = workday && member.way() == Way.STUDENT;
        boolean work = (workday && member.way() == Way.WORKER) || shift(member);
        if ((school || work) && !dice.chance(SICK_OR_AT_HOME)) {
          duty(household, member, midnight, weather);
        } else {
          atHome.add(member);
        }
      }
      atHome.forEach(member -> errands(household, member, midnight, weather));
      household.members().forEach(member -> evening(household, member, midnight, weather));
    }
  }

  /** They leave together for some days; of an elder the family mostly says so. */
  private void trip(Household household, Instant from) {
    Instant to = from.plus(Duration.ofDays(dice.whole(2, 5))).plus(dice.seconds(0, 9 * 3600));
    go(household, household.members(), from, to);
    for (Elder elder : settlement.population().elders()) {
      String who = elder.resident().id();
      if (household.members().contains(elder.resident())
          && !whereabouts.free(who, to.minus(REST), to)
          && dice.chance(SAID)) {
        // A version with an end ends the enrolment, so the return is registered as well.
        care(elder, "care-away-", from, from, to, true);
        care(elder, "care-back-", from, to, null, false);
      }
    }
  }

  private void care(
      Elder elder, String id, Instant recorded, Instant from, @Nullable Instant to, boolean away) {
    agenda.register(
        Registration.care(
            new Entry(
                id + elder.resident().id() + '-' + recorded.getEpochSecond(),
                settlement.id(),
                recorded,
                from,
                to),
            elder,
            away));
  }

  private boolean shift(Resident who) {
    return who.way() == Way.SHIFT_WORKER && dice.chance(SHIFTS);
  }

  private void duty(Household household, Resident who, Instant midnight, Weather weather) {
    Instant out = midnight.plus(around(who.outAt(), who)).plus(weather.shift());
    Instant back = midnight.plus(around(who.backAt(), who));
    List<Resident> party = new ArrayList<>(List.of(who));
    for (Resident other : household.members()) {
      Duration apart = other.outAt().minus(who.outAt()).abs();
      if (who.way() == Way.WORKER
          && other.way() == Way.STUDENT
          && party.size() == 1
          && apart.compareTo(Duration.ofMinutes(40)) < 0
          && dice.chance(0.4)) {
        party.add(other);
      }
    }
    go(household, party, out, back);
  }

  /** Errands and walks of those who are at home. */
  private void errands(Household household, Resident who, Instant midnight, Weather weather) {
    Duration at = who.outAt();
    while (at.compareTo(Duration.ofHours(19)) < 0) {
      if (dice.chance(0.45 * weather.mood(at))) {
        Instant out = midnight.plus(around(at, who));
        go(
            household,
            outings.party(household, who, ACCOMPANY / 2, out),
            out,
            out.plus(dice.seconds(1500, 6600)));
      }
      at = at.plus(dice.seconds(3 * 3600, 4.5 * 3600));
    }
  }

  private void evening(Household household, Resident who, Instant midnight, Weather weather) {
    Duration at = Duration.ofMinutes(Math.round(dice.normal(19.6 * 60, 35)));
    if (dice.chance(0.16 * weather.mood(at))) {
      Instant out = midnight.plus(at);
      go(
          household,
          outings.party(household, who, ACCOMPANY, out),
          out,
          out.plus(dice.seconds(1200, 5400)));
    }
  }

  /** Goes out if all of the party that are free; the first one must be. */
  private void go(Household household, List<Resident> wanted, Instant out, Instant back) {
    Instant until = back.plus(REST);
    List<Resident> party =
        wanted.stream()
            .filter(
                one ->
                    whereabouts.free(one.id(), out, until) && !agenda.paused(one.id(), out, until))
            .toList();
    Resident first = wanted.get(0);
    if (!party.contains(first) || !back.isAfter(out.plus(REST))) {
      return;
    }
    party.forEach(one -> whereabouts.take(one.id(), out, until));
    if (first.drives()
        && !household.cars().isEmpty()
        && dice.chance(BY_CAR)
        && available(household.cars().get(0).plate(), out, until)) {
      outings.byCar(party, household.cars().get(0), out, back);
    } else if (first.rides()
        && party.size() == 1
        && !household.bikes().isEmpty()
        && dice.chance(BY_BIKE)
        && available(household.bikes().get(0).tag(), out, until)) {
      outings.byBike(first, household.bikes().get(0), out, back);
    } else {
      outings.onFoot(party, out, back);
    }
  }

  private boolean available(String thing, Instant out, Instant back) {
    if (agenda.paused(thing, out, back) || !whereabouts.free(thing, out, back)) {
      return false;
    }
    whereabouts.take(thing, out, back);
    return true;
  }

  private Duration around(Duration mean, Resident who) {
    long seconds =
        Math.round(dice.normal((double) mean.toSeconds(), (double) who.spread().toSeconds()));
    return Duration.ofSeconds(Math.max(600, seconds));
  }
}
