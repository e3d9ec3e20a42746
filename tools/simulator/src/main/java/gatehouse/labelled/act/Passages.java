package gatehouse.labelled.act;

import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.Dice;
import gatehouse.labelled.estate.Estate;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How people pass doors and gates: the acts that one passage is made of. */
public final class Passages {

  private final Estate estate;
  private final Agenda agenda;
  private final Dice dice;
  private long tracks;

  /** Passages of an estate. */
  public Passages(Estate estate, Agenda agenda, Dice dice) {
    this.estate = estate;
    this.agenda = agenda;
    this.dice = dice;
  }

  /**
   * Who passes, with what.
   *
   * @param credential what is presented
   * @param subjectType class of the holder
   */
  public record Bearer(
      String credential,
      CredentialType type,
      String subjectType,
      @Nullable String person,
      @Nullable String unit) {

    /** A resident with their card. */
    public static Bearer resident(String card, String person, String unit) {
      return new Bearer(card, CredentialType.CARD, "resident", person, unit);
    }

    /** Somebody with a credential that the terminal knows only by its class. */
    public static Bearer of(String credential, CredentialType type, String subjectType) {
      return new Bearer(credential, type, subjectType, null, null);
    }
  }

  /** Passes a pedestrian gate; each person presents a credential there. */
  public void gate(Instant at, String gate, Direction direction, Bearer who) {
    badge(
        at, estate.instrument(gate + (direction == Direction.IN ? "-in" : "-out")), direction, who);
  }

  /** Enters a door with a credential; so many others come in behind. */
  public void enter(Instant at, String building, Bearer who, int companions) {
    Instrument door = estate.door(building);
    badge(at, door, Direction.IN, who);
    walkThrough(
        at.plus(dice.seconds(1.5, 4)),
        door,
        estate.instrument(building + "-count"),
        Direction.IN,
        1 + companions);
  }

  /** Enters the garage on foot, to fetch a car. */
  public void fetchCar(Instant at, Bearer who) {
    Instrument door = estate.instrument("garage-door");
    badge(at, door, Direction.IN, who);
    walkThrough(at.plus(dice.seconds(1.5, 4)), door, null, Direction.IN, 1);
  }

  /** Leaves by the exit button. */
  public void leave(Instant at, String building, int persons) {
    Instrument door = estate.door(building);
    agenda.add(new Act.Release(at, door, DoorEvent.Change.REQUEST_TO_EXIT));
    walkThrough(
        at.plus(dice.seconds(0.6, 2)),
        door,
        estate.instrument(building + "-count"),
        Direction.OUT,
        persons);
  }

  /** The door opens, so many walk through, the door closes. */
  public void walkThrough(
      Instant opens, Instrument door, @Nullable Instrument counter, Direction way, int persons) {
    Instant at = opens.plus(dice.seconds(0.5, 1.5));
    for (int i = 0; i < persons; i++) {
      if (counter != null) {
        track(at, counter, TrackSighting.Kind.PERSON, way, 0.85 + dice.between(0, 0.13));
      }
      at = at.plus(dice.seconds(0.8, 2));
    }
    open(opens, door, Duration.between(opens, at).plus(dice.seconds(2, 6)));
  }

  /** A door stands open for so long. */
  public void open(Instant at, Instrument door, Duration length) {
    agenda.add(new Act.Opening(at, door, at.plus(length)));
  }

  /** Somebody is seen to pass a camera. */
  public void track(
      Instant at,
      Instrument camera,
      TrackSighting.Kind kind,
      Direction direction,
      double confidence) {
    agenda.add(new Act.Move(at, camera, "t" + tracks++, kind, null, 1, confidence, direction, ""));
  }

  /** Presents a valid credential. */
  public void badge(Instant at, Instrument terminal, Direction direction, Bearer who) {
    badge(at, terminal, direction, who, Outcome.GRANTED, DenialReason.NONE);
  }

  /** Presents a credential. */
  public void badge(
      Instant at,
      Instrument terminal,
      Direction direction,
      Bearer who,
      Outcome outcome,
      DenialReason reason) {
    agenda.add(
        new Act.Badge(
            at,
            terminal,
            who.credential(),
            who.type(),
            who.subjectType(),
            who.person(),
            who.unit(),
            direction,
            outcome,
            reason,
            false,
            null));
  }
}
