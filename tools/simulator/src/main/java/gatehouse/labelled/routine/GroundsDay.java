package gatehouse.labelled.routine;

import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.Dice;
import gatehouse.labelled.Settlement;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A day as cameras see the grounds: the club room, the garage, the fire lane, the lifts. */
final class GroundsDay {

  private static final Duration COUNT_EVERY = Duration.ofMinutes(2);
  private static final double STOPS_IN_LANE = 6;
  private static final double ROUNDS_OF_GUARDS = 5;

  private final Settlement settlement;
  private final Agenda agenda;
  private final Dice dice;
  private long tracks;

  GroundsDay(Settlement settlement, Agenda agenda, Dice dice) {
    this.settlement = settlement;
    this.agenda = agenda;
    this.dice = dice;
  }

  void plan(Instant midnight, Weather weather) {
    club(midnight, weather);
    garage(midnight);
    lane(midnight);
    fence(midnight);
    for (int b = 1; b <= settlement.estate().buildings(); b++) {
      lift("b" + b, midnight);
    }
  }

  /** Cards and tea by day, dancing in the evening: never more than the room is certified for. */
  private void club(Instant midnight, Weather weather) {
    Instrument camera = settlement.estate().instrument("club-cam");
    double dancers = dice.between(14, 26);
    for (Duration at = Duration.ofHours(8);
        at.compareTo(Duration.ofHours(22)) < 0;
        at = at.plus(COUNT_EVERY)) {
      double hour = at.toMinutes() / 60.0;
      double expected = hour > 19 && hour < 20.5 ? dancers : 4 * weather.mood(at);
      int count = Math.min(34, dice.poisson(expected));
      if (count > 0 && !agenda.paused("club", midnight.plus(at))) {
        count(camera, midnight.plus(at), count);
      }
    }
  }

  private void count(Instrument camera, Instant at, int count) {
    agenda.add(
        new Act.Move(
            at,
            camera,
            "count-" + tracks++,
            TrackSighting.Kind.PERSON,
            null,
            count,
            0.9,
            Direction.UNKNOWN,
            ""));
  }

  /** People fetch and park their cars: a minute or three each. */
  private void garage(Instant midnight) {
    Instrument camera = settlement.estate().instrument("garage-cam");
    int visits = dice.poisson(settlement.population().households().size() * 0.9);
    for (int i = 0; i < visits; i++) {
      Instant at = midnight.plus(dice.seconds(6.5 * 3600, 23 * 3600));
      dwell(camera, at, dice.seconds(30, 170), TrackSighting.Kind.PERSON, "");
    }
  }

  /** Taxis and couriers stop for a moment. */
  private void lane(Instant midnight) {
    Instrument camera = settlement.estate().instrument("lane-cam");
    for (int i = dice.poisson(STOPS_IN_LANE); i > 0; i--) {
      Instant at = midnight.plus(dice.seconds(7 * 3600, 21 * 3600));
      dwell(camera, at, dice.seconds(15, 120), TrackSighting.Kind.VEHICLE, "");
    }
  }

  /** Guards walk along the fence, and look at something now and then. */
  private void fence(Instant midnight) {
    Instrument camera = settlement.estate().instrument("fence-cam");
    for (int i = dice.poisson(ROUNDS_OF_GUARDS); i > 0; i--) {
      Instant at = midnight.plus(dice.seconds(0, 24 * 3600));
      dwell(camera, at, dice.seconds(20, 100), TrackSighting.Kind.PERSON, "");
    }
  }

  private void dwell(
      Instrument camera, Instant at, Duration stay, TrackSighting.Kind kind, String subjectType) {
    agenda.add(
        new Act.Move(
            at,
            camera,
            "dwell-" + tracks++,
            kind,
            at.plus(stay),
            1,
            0.9,
            Direction.UNKNOWN,
            subjectType));
  }

  /** Some rides, one after the other: people, prams, wheelchairs; the door opens and closes. */
  private void lift(String building, Instant midnight) {
    Instrument camera = settlement.estate().instrument(building + "-lift-cam");
    Instrument car = settlement.estate().instrument(building + "-lift");
    List<Instant> starts = new ArrayList<>();
    for (int i = dice.poisson(18); i > 0; i--) {
      starts.add(midnight.plus(dice.seconds(6 * 3600, 23 * 3600)));
    }
    starts.sort(Comparator.naturalOrder());
    Instant free = midnight;
    for (Instant at : starts) {
      if (at.isBefore(free) || agenda.paused(building + "-lift", at, at.plusSeconds(90))) {
        continue;
      }
      TrackSighting.Kind kind =
          switch (dice.weighted(88, 7, 3, 2)) {
            case 0 -> TrackSighting.Kind.PERSON;
            case 1 -> TrackSighting.Kind.PRAM;
            case 2 -> TrackSighting.Kind.BICYCLE;
            default -> TrackSighting.Kind.WHEELCHAIR;
          };
      Duration open = dice.seconds(5, 12);
      Instant arrives = at.plus(open).plus(dice.seconds(12, 45));
      Instant boards = at.plusSeconds(2);
      agenda.add(new Act.Opening(at, car, at.plus(open)));
      dwell(camera, boards, Duration.between(boards, arrives).plus(dice.seconds(1.5, 4)), kind, "");
      agenda.add(new Act.Opening(arrives, car, arrives.plus(dice.seconds(5, 12))));
      free = arrives.plusSeconds(20);
    }
  }
}
