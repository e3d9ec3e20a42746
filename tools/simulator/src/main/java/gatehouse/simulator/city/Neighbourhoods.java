package gatehouse.simulator.city;

import gatehouse.site.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws the communities of a city. */
public final class Neighbourhoods {

  private static final int MOST = 200;
  private static final int A_ROW = 4;
  private static final double APART_METRES = 7_000;

  private static final List<String> IDS =
      List.of("riverside", "lakeview", "maple", "jade", "orchid", "sunrise", "harbour", "bamboo");
  private static final List<String> NAMES =
      List.of(
          "滨江花园 Riverside",
          "湖畔雅苑 Lakeview",
          "枫林小区 Maple Grove",
          "翠园 Jade Garden",
          "兰苑 Orchid Court",
          "朝阳里 Sunrise",
          "港湾城 Harbour",
          "竹园 Bamboo");

  private Neighbourhoods() {}

  /**
   * Draws communities.
   *
   * @throws IllegalArgumentException if their number is not from 1 to 200
   */
  public static List<Neighbourhood> draw(int number, long seed) {
    if (number < 1 || number > MOST) {
      throw new IllegalArgumentException("a small city has 1 to " + MOST + " communities");
    }
    List<Neighbourhood> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      all.add(one(i, seed));
    }
    return List.copyOf(all);
  }

  private static Neighbourhood one(int index, long seed) {
    String id = index < IDS.size() ? IDS.get(index) : "community-%03d".formatted(index + 1);
    String name = index < NAMES.size() ? NAMES.get(index) : "小区 Community " + (index + 1);
    int column = index % A_ROW;
    int row = index / A_ROW;
    Position centre = new Position(column * APART_METRES, row * APART_METRES);
    Plan plan = new Plan(id, centre);
    // By name, so that a larger city has the same first communities.
    Census census = new Census(id, new Random(seed * 31 + id.hashCode()));
    Specials specials = census.specials();
    return new Neighbourhood(
        id,
        name,
        "district-" + (index / 8 + 1),
        plan.places(),
        plan.devices(),
        census.people(),
        census.cars(),
        census.passes(),
        specials);
  }
}
