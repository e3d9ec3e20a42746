package gatehouse.labelled;

import gatehouse.fact.Fact;
import gatehouse.labelled.estate.Estate;
import gatehouse.labelled.estate.EstatePlan;
import gatehouse.labelled.observe.Delivery;
import gatehouse.labelled.people.Census;
import gatehouse.labelled.people.Elder;
import gatehouse.labelled.people.Household;
import gatehouse.labelled.people.PlateMaker;
import gatehouse.labelled.people.Population;
import gatehouse.labelled.scenario.Label;
import gatehouse.labelled.scenario.Production;
import gatehouse.labelled.scenario.Scenario;
import gatehouse.labelled.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A city with labels. It is drawn in districts of {@value #DISTRICT} communities that know of each
 * other, so that a vehicle can be in two of them; a district is lived through day by day and
 * nothing of a day is kept, so any number of communities and days fits into memory.
 */
public final class LabelledCity {

  /** Communities that are drawn together. */
  public static final int DISTRICT = 4;

  private static final double SIZE_DEVIATION = 0.35;
  private static final int HOMES_A_BUILDING = 14;
  private static final int KITCHENS = 4;

  private final CitySettings settings;
  private final List<Scenario> scenarios;

  /** A city with everything that can be staged. */
  public LabelledCity(CitySettings settings) {
    this(settings, Scenarios.all());
  }

  /** A city in which only these scenarios are staged. */
  public LabelledCity(CitySettings settings, List<Scenario> scenarios) {
    this.settings = settings;
    this.scenarios = List.copyOf(scenarios);
  }

  /**
   * A day of a community.
   *
   * @param day counted from the city's first
   * @param facts what became known
   * @param deliveries what devices reported, by time of arrival
   */
  public record Day(String community, int day, List<Fact> facts, List<Delivery> deliveries) {}

  /** How many districts it has. */
  public int districts() {
    return (settings.communities() + DISTRICT - 1) / DISTRICT;
  }

  /** What a city was drawn with. */
  public CitySettings settings() {
    return settings;
  }

  /** What is registered in all its communities before the first day. */
  public List<Fact> registered() {
    List<Fact> facts = new ArrayList<>();
    for (int district = 0; district < districts(); district++) {
      draw(district).forEach(community -> facts.addAll(community.registered()));
    }
    return facts;
  }

  /**
   * Lives through a district.
   *
   * @param registered takes what is registered before the first day
   * @param days takes each day of each community, day by day
   * @return what was staged
   */
  public List<Label> district(int number, Consumer<List<Fact>> registered, Consumer<Day> days) {
    List<LabelledCommunity> communities = draw(number);
    for (LabelledCommunity community : communities) {
      List<LabelledCommunity> others = new ArrayList<>(communities);
      others.remove(community);
      Production.stage(scenarios, community.house(others), settings);
    }
    communities.forEach(community -> registered.accept(community.registered()));
    for (int day = 0; day < settings.days(); day++) {
      for (LabelledCommunity community : communities) {
        days.accept(community.day(day));
      }
    }
    return communities.stream().flatMap(community -> community.labels().stream()).toList();
  }

  private List<LabelledCommunity> draw(int district) {
    PlateMaker plates = new PlateMaker(Dice.of(settings.seed(), "plates", district));
    List<LabelledCommunity> communities = new ArrayList<>();
    int first = district * DISTRICT;
    for (int i = first; i < Math.min(first + DISTRICT, settings.communities()); i++) {
      String id = "c" + (1 + i);
      Dice dice = Dice.of(settings.seed(), "community", i);
      communities.add(
          new LabelledCommunity(
              settings, settlement(id, dice, plates), Dice.of(settings.seed(), "life", i)));
    }
    return communities;
  }

  private Settlement settlement(String id, Dice dice, PlateMaker plates) {
    int units =
        (int) Math.max(12, Math.round(settings.units() * Math.exp(dice.normal(0, SIZE_DEVIATION))));
    int buildings = Math.max(2, units / HOMES_A_BUILDING);
    Population population = Census.draw(id, units, buildings, dice, plates);
    List<String> rooms = new ArrayList<>();
    for (Elder elder : population.elders()) {
      rooms.addAll(elder.sensors());
    }
    for (Household household :
        population.households().subList(0, Math.min(KITCHENS, population.households().size()))) {
      rooms.add("kitchen-" + household.home().unit());
    }
    Estate estate = EstatePlan.draw(id, buildings, rooms, dice);
    return new Settlement(estate, population, plates);
  }
}
