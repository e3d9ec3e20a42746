package gatehouse.labelled.observe;

import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.Dice;
import gatehouse.labelled.act.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a camera that follows makes of a movement: one or more sightings, some of them wrong. */
final class TrackCamera {

  private static final double MISSED = 0.03;
  private static final double WRONG_WAY = 0.02;
  private static final double MISCOUNTED = 0.015;
  private static final double BROKEN_TRACK = 0.15;
  private static final double BICYCLE_AS_EBIKE = 0.12;
  private static final double PRAM_AS_EBIKE = 0.03;
  private static final double EBIKE_AS_BICYCLE = 0.08;
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final Duration FRAME = Duration.ofMillis(600);
  private static final int FRAMES = 6;
  private static final int MOST = 600;

  /** Who is taken for something else is seen less clearly. */
  private static final double UNSURE = 0.15;

  private static final double KNOWN_AGAIN = 0.85;
  private static final int KNOWN = 2000;

  private final Dice dice;
  private final Map<String, String> known = new HashMap<>();
  private long number;

  TrackCamera(Dice dice) {
    this.dice = dice;
  }

  /** One report of the camera. */
  record Sighting(
      Instant at,
      String track,
      TrackSighting.Kind kind,
      @Nullable Instant enteredAt,
      @Nullable Instant leftAt,
      int count,
      double confidence,
      Direction direction,
      String subjectType) {}

  List<Sighting> follow(Act.Move move, boolean frames) {
    if (move.until() != null) {
      return staying(move, move.until(), frames);
    }
    return dice.chance(MISSED) ? List.of() : List.of(passing(move));
  }

  private Sighting passing(Act.Move move) {
    Direction direction = move.direction();
    if (direction != Direction.UNKNOWN && dice.chance(WRONG_WAY)) {
      direction = direction == Direction.IN ? Direction.OUT : Direction.IN;
    }
    int count = move.count();
    if (count > 1 && dice.chance(0.3)) {
      count = Math.max(1, count + dice.whole(-1, 1));
    } else if (count == 1 && dice.chance(MISCOUNTED)) {
      count = 2;
    }
    return sighting(move, move.at(), next(), move.kind(), null, null, count, direction);
  }

  private List<Sighting> staying(Act.Move move, Instant until, boolean frames) {
    List<Sighting> seen = new ArrayList<>();
    String track = again(move.track());
    Instant entered = move.at();
    Instant at = move.at();
    for (int i = 0; i < MOST && at.isBefore(until); i++) {
      boolean frame = frames && i < FRAMES;
      if (i > 0 && dice.chance(BROKEN_TRACK / (frame ? 10 : 4))) {
        track = next();
        entered = at;
      }
      if (!dice.chance(MISSED)) {
        seen.add(
            sighting(
                move,
                at,
                track,
                taken(move.kind()),
                entered,
                null,
                move.count(),
                move.direction()));
      }
      at = at.plus(frame ? FRAME : AGAIN);
    }
    seen.add(
        sighting(move, until, track, move.kind(), entered, until, move.count(), move.direction()));
    return seen;
  }

  private TrackSighting.Kind taken(TrackSighting.Kind kind) {
    double wrong =
        switch (kind) {
          case BICYCLE -> BICYCLE_AS_EBIKE;
          case PRAM, WHEELCHAIR -> PRAM_AS_EBIKE;
          default -> 0;
        };
    if (kind == TrackSighting.Kind.E_BIKE) {
      return dice.chance(EBIKE_AS_BICYCLE) ? TrackSighting.Kind.BICYCLE : kind;
    }
    return dice.chance(wrong) ? TrackSighting.Kind.E_BIKE : kind;
  }

  private Sighting sighting(
      Act.Move move,
      Instant at,
      String track,
      TrackSighting.Kind kind,
      @Nullable Instant entered,
      @Nullable Instant left,
      int count,
      Direction direction) {
    double clear = move.confidence() - (kind == move.kind() ? 0 : UNSURE);
    double confidence = Math.max(0.2, Math.min(0.99, dice.normal(clear, 0.04)));
    return new Sighting(
        at,
        track,
        kind,
        entered,
        left,
        count,
        Math.round(confidence * 1000) / 1000.0,
        direction,
        move.subjectType());
  }

  /** Who comes back is mostly known again. */
  private String again(String who) {
    if (known.size() > KNOWN) {
      known.clear();
    }
    String before = known.get(who);
    String track = before != null && dice.chance(KNOWN_AGAIN) ? before : next();
    known.put(who, track);
    return track;
  }

  private String next() {
    return "t" + number++;
  }
}
