package gatehouse.model;

import java.util.List;
import java.util.Set;

/** Colours of vehicles that cameras take for each other. */
final class VehicleColours {

  private static final List<Set<String>> BY_DAY =
      List.of(
          Set.of("white", "silver", "grey", "gray"),
          Set.of("black", "blue", "dark-blue", "brown", "dark-brown", "grey", "gray"));

  /** Without daylight only light and dark are told apart. */
  private static final List<Set<String>> BY_NIGHT =
      List.of(
          Set.of("white", "silver", "grey", "gray", "beige", "yellow", "gold", "pink", "cyan"),
          Set.of(
              "black",
              "blue",
              "dark-blue",
              "brown",
              "dark-brown",
              "grey",
              "gray",
              "dark-grey",
              "green",
              "dark-green",
              "red",
              "dark-red",
              "purple",
              "orange"));

  private VehicleColours() {}

  /** Whether one is easily taken for the other. */
  static boolean adjacent(String one, String other, boolean night) {
    return shareGroup(BY_DAY, one, other) || (night && shareGroup(BY_NIGHT, one, other));
  }

  private static boolean shareGroup(List<Set<String>> groups, String one, String other) {
    return groups.stream().anyMatch(group -> group.contains(one) && group.contains(other));
  }
}
