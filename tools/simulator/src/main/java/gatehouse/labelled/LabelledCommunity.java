package gatehouse.labelled;

import gatehouse.fact.Fact;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.act.Passages;
import gatehouse.labelled.observe.Delivery;
import gatehouse.labelled.observe.Faults;
import gatehouse.labelled.observe.Observatory;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.routine.Routine;
import gatehouse.labelled.scenario.Difficulty;
import gatehouse.labelled.scenario.Label;
import gatehouse.labelled.scenario.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One community of the city, lived through day by day. */
final class LabelledCommunity {

  private final CitySettings settings;
  private final Settlement settlement;
  private final Agenda agenda;
  private final Passages passages;
  private final Faults faults = new Faults();
  private final Routine routine;
  private final Observatory observatory;
  private final Dice dice;
  private final List<Label> labels = new ArrayList<>();

  LabelledCommunity(CitySettings settings, Settlement settlement, Dice dice) {
    this.settings = settings;
    this.settlement = settlement;
    this.dice = dice;
    this.agenda = new Agenda(settings.dayStart(0));
    this.passages = new Passages(settlement.estate(), agenda, dice);
    this.routine = new Routine(settlement, agenda, passages, dice);
    List<String> enrolled =
        settlement.population().residents().stream()
            .filter(Resident::registered)
            .map(Resident::id)
            .toList();
    this.observatory =
        new Observatory(settlement.estate(), enrolled, faults, settings.dayStart(0), dice);
  }

  Settlement settlement() {
    return settlement;
  }

  /** The community as a house for scenes, among others. */
  Stage.House house(List<LabelledCommunity> others) {
    List<Stage.Elsewhere> elsewhere =
        others.stream()
            .map(other -> new Stage.Elsewhere(other.settlement, other.agenda, other.passages))
            .toList();
    return new Stage.House(
        settlement, elsewhere, agenda, passages, faults, dice, new HashSet<>(), labels);
  }

  /** What is registered before the first day. */
  List<Fact> registered() {
    List<Fact> facts = new ArrayList<>(settlement.estate().facts());
    facts.addAll(
        Registration.of(
            settlement.id(), settlement.population(), settings.dayStart(0), settings.end(), dice));
    return facts;
  }

  /** Lives a day; days come one after the other. */
  LabelledCity.Day day(int day) {
    routine.plan(settings.dayStart(day));
    List<Delivery> deliveries = observatory.observe(settings.dayStart(day), agenda.take(day));
    return new LabelledCity.Day(settlement.id(), day, agenda.takeFacts(), deliveries);
  }

  /** What was staged, and what was wrong with devices by chance. */
  List<Label> labels() {
    List<Label> all = new ArrayList<>(labels);
    int number = 0;
    for (Observatory.Trouble trouble : observatory.troubles()) {
      Instant end = trouble.to().isBefore(settings.end()) ? trouble.to() : settings.end();
      all.add(
          new Label(
              "trouble-" + settlement.id() + '-' + number++,
              "trouble",
              Set.of(),
              Set.of("device-health"),
              Difficulty.EASY,
              settlement.id(),
              Set.of(),
              Set.of(trouble.device()),
              trouble.from(),
              trouble.from(),
              end,
              false));
    }
    return List.copyOf(all);
  }
}
