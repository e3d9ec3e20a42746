package gatehouse.replay.site;

import gatehouse.replay.yaml.Nearest;
import gatehouse.replay.yaml.Section;
import gatehouse.replay.yaml.Value;
import gatehouse.site.Zone;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the areas of a site file and knows which lies within which. */
final class AreaReader {

  private static final List<String> SENSITIVITIES =
      List.of("open", "private", "restricted", "critical");
  private static final List<String> USES =
      Arrays.stream(Zone.Use.values())
          .map(use -> use.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .toList();

  private final Map<String, Zone> zones = new HashMap<>();
  private final Map<String, Value> within = new HashMap<>();

  void read(Value areas) {
    areas.entries().forEach((id, area) -> zones.put(id, area.section(s -> area(id, s))));
    within.forEach((id, outer) -> path(outer));
  }

  private Zone area(String id, Section area) {
    area.find("within").ifPresent(outer -> within.put(id, outer));
    int sensitivity =
        area.as("sensitivity", AreaReader::sensitivity, "one of " + SENSITIVITIES).orElse(0);
    boolean restricted = area.truth("restricted", false);
    return new Zone(
        id,
        area.text("name", id),
        area.as(
                "antiPassback",
                word -> Zone.AntiPassback.valueOf(word.toUpperCase(Locale.ROOT)),
                "none, soft or strict")
            .orElse(Zone.AntiPassback.NONE),
        area.as("resetAt", TimesOfDay::parse, "04:00").orElse(null),
        area.truth("noTailgating", false),
        restricted ? Math.max(2, sensitivity) : sensitivity,
        area.as("allowedStay", Durations::parse, "8 h").orElse(null),
        area.as("use", AreaReader::use, "one of " + USES).orElse(Zone.Use.GENERAL),
        area.as("capacity", Integer::valueOf, "a number of people").orElse(null));
  }

  private static Zone.Use use(String word) {
    return Zone.Use.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static int sensitivity(String word) {
    int index = SENSITIVITIES.indexOf(word);
    if (index < 0) {
      throw new IllegalArgumentException(word);
    }
    return index;
  }

  /** The areas one is in, outermost first, for one area's name or a list of names. */
  List<Zone> path(Value value) {
    List<Zone> path = new ArrayList<>();
    for (Value name : value.list()) {
      for (Zone zone : chain(name)) {
        if (!path.contains(zone)) {
          path.add(zone);
        }
      }
    }
    return List.copyOf(path);
  }

  private Deque<Zone> chain(Value innermost) {
    Deque<Zone> chain = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    Value at = innermost;
    while (at != null && !at.text().equals("outside")) {
      String name = at.text();
      Zone zone = zones.get(name);
      if (zone == null) {
        throw at.wrong("no area is called '" + name + "'.", Nearest.hint(name, zones.keySet()));
      }
      if (!seen.add(name)) {
        throw at.wrong("'" + name + "' lies within itself.", "one 'within' too many.");
      }
      chain.addFirst(zone);
      at = within.get(name);
    }
    return chain;
  }
}
