package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Resident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Somebody tries a card that opens nothing; a resident with wet fingers only looks like it. */
final class DeniedBursts implements Scenario {

  private static final String MODEL = "denied-burst";

  @Override
  public String id() {
    return "S01";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<String> first = stage.today(stage.buildings());
    if (first.isEmpty()) {
      return false;
    }
    Bearer stranger = Bearer.of("x-" + stage.take(), CredentialType.CARD, "");
    return switch (difficulty) {
      case EASY -> {
        burst(stage, difficulty, stranger, List.of(first.get()), 10, Duration.ofSeconds(6));
        yield true;
      }
      case MEDIUM -> {
        String second = stage.dice().pick(stage.buildings());
        burst(stage, difficulty, stranger, List.of(first.get(), second), 5, Duration.ofSeconds(38));
        yield true;
      }
      case HARD -> {
        burst(stage, difficulty, stranger, List.of(first.get()), 13, Duration.ofMinutes(105));
        yield true;
      }
    };
  }

  @Override
  public int days() {
    return 2;
  }

  private void burst(
      Stage stage,
      Difficulty difficulty,
      Bearer who,
      List<String> buildings,
      int times,
      Duration apart) {
    Instant start = stage.between(0.5, difficulty == Difficulty.HARD ? 1 : 22);
    Instant at = start;
    Instant enough = start;
    for (int i = 0; i < times; i++) {
      deny(stage, at, buildings.get(i % buildings.size()), who, DenialReason.UNKNOWN_CREDENTIAL);
      if (i == (difficulty == Difficulty.HARD ? 11 : 4)) {
        enough = at;
      }
      at = at.plus(apart).plus(stage.dice().seconds(-0.1, 0.1).multipliedBy(apart.toSeconds()));
    }
    stage
        .label(id(), difficulty, MODEL)
        .about(who.credential())
        .in(buildings.stream().map(building -> building + "-door").toArray(String[]::new))
        .from(start, enough, at);
  }

  /** Their own card is not read at once, three times, and then it is. */
  @Override
  public boolean decoy(Stage stage) {
    Optional<Resident> resident = stage.resident(Resident::registered);
    if (resident.isEmpty()) {
      return false;
    }
    Resident one = resident.get();
    Bearer who = Bearer.resident(one.card(), one.id(), one.home().unit());
    Instant start = stage.between(7, 22);
    Instant at = start;
    for (int i = 0; i < 3; i++) {
      deny(stage, at, one.home().building(), who, DenialReason.LOW_QUALITY);
      at = at.plus(stage.dice().seconds(2, 5));
    }
    stage.passages().enter(at, one.home().building(), who, 0);
    stage
        .innocent(id(), MODEL)
        .about(one.card(), one.id())
        .in(one.home().building() + "-door")
        .from(start, at);
    return true;
  }

  private static void deny(
      Stage stage, Instant at, String building, Bearer who, DenialReason reason) {
    Instrument door = stage.settlement().estate().door(building);
    stage.passages().badge(at, door, Direction.IN, who, Outcome.DENIED, reason);
  }
}
