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
import gatehouse.registry.Entry;
import gatehouse.registry.RemoteOpenRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How people pass doors and gates: the acts that one passage is made of. */
public final class Passages {

  private static final Duration COMMAND_LIVES = Duration.ofSeconds(10);
  private static final Duration PULSE = Duration.ofSeconds(5);
  private static final double HELD_FOR_SOMETHING = 0.012;

  private final Estate estate;
  private final Agenda agenda;
  private final Dice dice;
  private long tracks;
  private long commands;

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
    hold(at.plusSeconds(4), door);
  }

  /**
   * Who asks for a door from afar.
   *
   * @param account whose right it is
   * @param phone from which phone; empty: from none
   */
  public record App(String account, String phone) {}

  /**
   * Somebody inside opens a building's door from afar, and so many come in; if nobody does, the
   * door locks again.
   */
  public void enterRemotely(Instant asked, String building, App app, int persons) {
    Instrument door = estate.door(building);
    String command = ask(asked, building, app, RemoteOpenRequest.Answer.AUTHORISED);
    Instant released = asked.plus(dice.seconds(0.4, 1.5));
    agenda.add(new Act.Release(released, door, DoorEvent.Change.REMOTE_RELEASE));
    agenda.add(
        new Act.Badge(
            released.plusMillis(20),
            door,
            "",
            CredentialType.REMOTE,
            "",
            null,
            null,
            Direction.UNKNOWN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            command));
    if (persons > 0) {
      walkThrough(
          released.plus(dice.seconds(1, 3)),
          door,
          estate.instrument(building + "-count"),
          Direction.IN,
          persons);
    } else {
      agenda.add(new Act.Release(released.plus(PULSE), door, DoorEvent.Change.LOCKED));
    }
  }

  /** Somebody asks for a door from afar; gives the id of the command. */
  public String ask(Instant at, String building, App app, RemoteOpenRequest.Answer answer) {
    String command = "command-" + estate.community() + '-' + commands++;
    agenda.register(
        new RemoteOpenRequest(
            new Entry("request-" + command, estate.community(), at, at, at.plus(COMMAND_LIVES)),
            command,
            app.account(),
            app.phone(),
            estate.door(building).place(),
            answer));
    return command;
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
    hold(at.plusSeconds(2), door);
  }

  /** Now and then a pram or a delivery takes its time in a building's door. */
  private void hold(Instant from, Instrument door) {
    if (dice.chance(HELD_FOR_SOMETHING)) {
      open(from, door, dice.seconds(12, 55));
    }
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
