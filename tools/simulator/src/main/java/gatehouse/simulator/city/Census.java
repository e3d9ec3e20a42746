package gatehouse.simulator.city;

import gatehouse.registry.Residency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws the people, cards and vehicles of a community. */
final class Census {

  private static final int FLOORS = 6;
  private static final int UNITS_A_FLOOR = 4;
  private static final double CARS_A_UNIT = 0.45;
  private static final double GREEN = 0.35;
  private static final double TENANT = 0.35;
  private static final int PASSES = 6;

  /** What plates are made of: no I and no O, which look like digits. */
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

  private static final String DIGITS = "0123456789";
  private static final List<String> CITIES =
      List.of("粤B", "粤B", "粤B", "粤B", "粤B", "粤A", "粤S", "湘A", "赣B", "沪C", "京N", "浙A");
  private static final List<String> COLOURS =
      List.of("white", "white", "white", "black", "black", "grey", "silver", "blue", "red");
  private static final List<String> TYPES = List.of("car", "car", "car", "suv", "suv", "van");
  private static final List<String> BRANDS =
      List.of("BYD", "Volkswagen", "Toyota", "Geely", "Wuling", "Honda", "Nio", "Chery", "Buick");

  private final String community;
  private final Random random;
  private final Set<String> given = new HashSet<>();
  private final List<Person> people = new ArrayList<>();
  private final List<Car> cars = new ArrayList<>();
  private final List<String> passes = new ArrayList<>();

  Census(String community, Random random) {
    this.community = community;
    this.random = random;
    for (int building = 1; building <= Plan.BUILDINGS; building++) {
      for (int floor = 1; floor <= FLOORS; floor++) {
        for (int unit = 1; unit <= UNITS_A_FLOOR; unit++) {
          household(building, "b%d-%02d%02d".formatted(building, floor, unit));
        }
      }
    }
    for (int i = 0; i < PASSES; i++) {
      passes.add(card("VP"));
    }
  }

  private void household(int building, String unit) {
    boolean rented = random.nextDouble() < TENANT;
    int size = 1 + random.nextInt(3);
    String head = "";
    for (int i = 0; i < size; i++) {
      Residency.Role role =
          i > 0 ? Residency.Role.FAMILY : rented ? Residency.Role.TENANT : Residency.Role.OWNER;
      Person person = person(role, unit, Plan.door(building));
      head = i == 0 ? person.id() : head;
      people.add(person);
    }
    if (random.nextDouble() < CARS_A_UNIT) {
      cars.add(car(head, unit));
    }
  }

  private Person person(Residency.Role role, String unit, String door) {
    String id = "%s-p%04d".formatted(community, people.size() + 1);
    return new Person(id, role, unit, door, card("C"));
  }

  private Car car(String owner, String unit) {
    boolean green = random.nextDouble() < GREEN;
    return new Car(
        plate(green),
        green ? "green" : "blue",
        pick(COLOURS),
        pick(TYPES),
        pick(BRANDS),
        owner,
        unit);
  }

  /** Five characters after the city, or six beginning with D or F for new energy. */
  String plate(boolean green) {
    String plate;
    do {
      StringBuilder text = new StringBuilder(pick(CITIES));
      if (green) {
        text.append(random.nextBoolean() ? 'D' : 'F');
      } else {
        text.append(letterOrDigit(0.3));
      }
      text.append(letterOrDigit(green ? 0.1 : 0.3));
      for (int i = 0; i < (green ? 4 : 3); i++) {
        text.append(letterOrDigit(0.05));
      }
      plate = text.toString();
    } while (!given.add(plate));
    return plate;
  }

  private char letterOrDigit(double letters) {
    String from = random.nextDouble() < letters ? LETTERS : DIGITS;
    return from.charAt(random.nextInt(from.length()));
  }

  private String card(String prefix) {
    String card;
    do {
      card = "%s-%06X".formatted(prefix, random.nextInt(1 << 24));
    } while (!given.add(card));
    return card;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** People of the property who may enter the plant room. */
  private List<Person> staff() {
    List<Person> staff = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Person one = person(Residency.Role.STAFF, "office", Plan.door(1));
      people.add(one);
      staff.add(one);
    }
    return staff;
  }

  Specials specials() {
    return new Specials(
        card("C"), card("C"), card("C"), card("C"), staff(), card("VP"), car("", ""));
  }

  List<Person> people() {
    return List.copyOf(people);
  }

  List<Car> cars() {
    return List.copyOf(cars);
  }

  List<String> passes() {
    return List.copyOf(passes);
  }
}
