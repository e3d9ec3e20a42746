package gatehouse.labelled.people;

import gatehouse.labelled.Dice;
import gatehouse.labelled.people.Resident.Way;
import gatehouse.registry.Residency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws who lives and works in a community. */
public final class Census {

  private static final double[] SIZES = {0.20, 0.30, 0.26, 0.14, 0.07, 0.03};
  private static final double VACANT = 0.08;
  private static final double RENTED = 0.35;
  private static final double ELDER_ALONE = 0.06;
  private static final double CARS = 0.7;
  private static final double BIKES = 0.8;
  private static final double UNREGISTERED_FAMILY = 0.05;
  private static final int ELDERS_WITH_SENSORS = 2;
  private static final int ELDERS_BY_DOOR = 2;

  private final String community;
  private final Dice dice;
  private final PlateMaker plates;

  private Census(String community, Dice dice, PlateMaker plates) {
    this.community = community;
    this.dice = dice;
    this.plates = plates;
  }

  /** The population of a community of so many homes in so many buildings. */
  public static Population draw(
      String community, int units, int buildings, Dice dice, PlateMaker plates) {
    return new Census(community, dice, plates).population(units, buildings);
  }

  private Population population(int units, int buildings) {
    List<Household> households = new ArrayList<>();
    for (int i = 0; i < units; i++) {
      Home home =
          new Home(
              String.format(Locale.ROOT, "b%d-%04d", 1 + i % buildings, 101 + i),
              "b" + (1 + i % buildings),
              dice.chance(RENTED));
      if (!dice.chance(VACANT)) {
        households.add(household(home));
      }
    }
    return new Population(List.copyOf(households), workers(), elders(households));
  }

  private Household household(Home home) {
    List<Resident> members = new ArrayList<>();
    boolean elderAlone = dice.chance(ELDER_ALONE);
    int size = elderAlone ? 1 : 1 + dice.weighted(SIZES);
    int cars = dice.poisson(CARS) > 0 ? 1 : 0;
    int bikes = dice.poisson(BIKES) > 0 ? 1 : 0;
    for (int i = 0; i < size; i++) {
      Way way = elderAlone ? Way.ELDER : way(i, size);
      boolean adult = way == Way.WORKER || way == Way.SHIFT_WORKER || way == Way.HOMEMAKER;
      members.add(
          resident(
              home,
              i,
              way,
              cars > 0 && adult && i <= 1,
              bikes > 0 && adult && (cars == 0 || i == 1)));
    }
    List<Car> owned = new ArrayList<>();
    for (int i = 0; i < cars; i++) {
      owned.add(plates.car());
    }
    List<Bike> tagged = new ArrayList<>();
    for (int i = 0; i < bikes; i++) {
      tagged.add(new Bike("tag-" + community + '-' + home.unit()));
    }
    return new Household(home, List.copyOf(members), List.copyOf(owned), List.copyOf(tagged));
  }

  private Way way(int index, int size) {
    if (index == 0) {
      return dice.chance(0.12) ? Way.SHIFT_WORKER : dice.chance(0.18) ? Way.RETIRED : Way.WORKER;
    } else if (index == 1) {
      return dice.chance(0.6) ? Way.WORKER : dice.chance(0.5) ? Way.HOMEMAKER : Way.RETIRED;
    }
    return index == 2 || (size > 4 && index == 3) ? Way.STUDENT : Way.RETIRED;
  }

  private Resident resident(Home home, int index, Way way, boolean drives, boolean rides) {
    String id = "p-" + community + '-' + home.unit() + '-' + index;
    double out =
        switch (way) {
          case WORKER -> dice.normal(7.9, 0.65);
          case SHIFT_WORKER -> dice.normal(13.5, 0.5);
          case STUDENT -> dice.normal(7.3, 0.15);
          case HOMEMAKER -> dice.normal(9.3, 0.8);
          case RETIRED -> dice.normal(6.9, 0.7);
          case ELDER -> dice.normal(9.0, 0.9);
        };
    double away =
        switch (way) {
          case WORKER -> dice.normal(10.3, 0.7);
          case SHIFT_WORKER -> dice.normal(9.2, 0.4);
          case STUDENT -> dice.normal(9.8, 0.3);
          case HOMEMAKER, RETIRED, ELDER -> dice.normal(1.2, 0.4);
        };
    return new Resident(
        id,
        home,
        way,
        role(home, index),
        "card-" + community + '-' + home.unit() + '-' + index,
        hours(out),
        hours(out + Math.max(0.4, away)),
        Duration.ofMinutes(dice.whole(3, 25)),
        drives,
        rides,
        index < 2 || !dice.chance(UNREGISTERED_FAMILY));
  }

  private static Residency.Role role(Home home, int index) {
    if (index == 0) {
      return home.rented() ? Residency.Role.TENANT : Residency.Role.OWNER;
    }
    return home.rented() ? Residency.Role.TENANT : Residency.Role.FAMILY;
  }

  private static Duration hours(double hours) {
    return Duration.ofSeconds(Math.round(Math.max(0.5, hours) * 3600));
  }

  private List<Worker> workers() {
    List<Worker> workers = new ArrayList<>();
    for (Worker.Duty duty : Worker.Duty.values()) {
      for (int i = 0; i < (duty == Worker.Duty.OFFICE ? 12 : 3); i++) {
        String name = community + '-' + duty.name().toLowerCase(Locale.ROOT) + '-' + i;
        boolean night = duty == Worker.Duty.GUARD && i == 2;
        workers.add(new Worker("w-" + name, "work-" + name, duty, night));
      }
    }
    return List.copyOf(workers);
  }

  private List<Elder> elders(List<Household> households) {
    List<Elder> elders = new ArrayList<>();
    for (Household household : households) {
      Resident first = household.members().get(0);
      if (household.members().size() == 1
          && (first.way() == Way.ELDER || first.way() == Way.RETIRED)
          && elders.size() < ELDERS_WITH_SENSORS + ELDERS_BY_DOOR) {
        boolean sensors = elders.size() < ELDERS_WITH_SENSORS;
        elders.add(
            new Elder(
                first,
                true,
                sensors
                    ? List.of(
                        "home-" + first.home().unit() + "-living",
                        "home-" + first.home().unit() + "-kitchen")
                    : List.of(),
                elders.size() % 2 == 0));
      }
    }
    return List.copyOf(elders);
  }
}
