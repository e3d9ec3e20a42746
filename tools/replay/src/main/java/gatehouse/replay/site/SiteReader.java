package gatehouse.replay.site;

import gatehouse.replay.site.Site.PlaceSpec;
import gatehouse.replay.site.Site.RuleSpec;
import gatehouse.replay.site.Site.SettingSpec;
import gatehouse.replay.site.Site.Way;
import gatehouse.replay.yaml.Document;
import gatehouse.replay.yaml.Section;
import gatehouse.replay.yaml.Value;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads site files; docs/replay.md describes them. */
public final class SiteReader {

  private final AreaReader areas = new AreaReader();
  private final List<SettingSpec> settings = new ArrayList<>();

  private SiteReader() {}

  /**
   * Reads a file.
   *
   * @throws gatehouse.replay.yaml.DocumentException naming the line that is wrong
   */
  public static Site read(Path file) throws IOException {
    return Document.read(file, section -> new SiteReader().site(section));
  }

  /** Reads a text; {@code name} stands for the file in messages. */
  public static Site parse(String name, String text) {
    return Document.parse(name, text, section -> new SiteReader().site(section));
  }

  /**
   * A moment as people write it: 2026-01-31, 2026-01-31 08:00, 2026-01-31T08:00:00Z.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Instant moment(String text, ZoneId zone) {
    return new FactReader(zone).time(text);
  }

  private Site site(Section root) {
    ZoneId zone =
        root.as("timeZone", ZoneId::of, "Europe/Berlin or +08:00").orElse(ZoneId.of("UTC"));
    root.find("areas").ifPresent(areas::read);
    Map<String, PlaceSpec> places = new LinkedHashMap<>();
    root.find("places")
        .ifPresent(
            value ->
                value
                    .entries()
                    .forEach(
                        (name, place) -> places.put(name, place.section(s -> place(name, s)))));
    root.find("settings").ifPresent(value -> settings("", value));
    List<Way> ways = new ArrayList<>();
    root.find("ways").ifPresent(value -> value.list().forEach(way -> ways.addAll(way(way))));
    Map<String, List<String>> lists = new LinkedHashMap<>();
    root.find("lists")
        .ifPresent(value -> value.entries().forEach((name, of) -> lists.put(name, of.texts())));
    Map<String, String> devices = new LinkedHashMap<>();
    root.find("devices")
        .ifPresent(value -> value.entries().forEach((name, at) -> devices.put(name, at.text())));
    FactReader facts = new FactReader(zone);
    return new Site(
        zone,
        root.text("name", ""),
        root.text("class", ""),
        places,
        root.find("rules").stream()
            .flatMap(value -> value.list().stream())
            .map(SiteReader::rule)
            .toList(),
        devices,
        List.copyOf(ways),
        root.truth("waysComplete", false),
        lists,
        root.find("facts").stream()
            .flatMap(value -> value.list().stream())
            .map(facts::read)
            .toList(),
        List.copyOf(settings));
  }

  private PlaceSpec place(String name, Section place) {
    place.find("settings").ifPresent(value -> settings(name, value));
    Place.Kind kind =
        place
            .as(
                "kind",
                word -> Place.Kind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')),
                "door, turnstile, vehicle-gate, face-checkpoint, lift, pole, camera, room or other")
            .orElse(Place.Kind.OTHER);
    return new PlaceSpec(
        kind,
        place.text("name", ""),
        place.find("from").map(areas::path).orElse(List.of()),
        place.find("to").map(areas::path).orElse(List.of()),
        place.find("position").map(SiteReader::position).orElse(null),
        place.find("door").map(value -> value.section(SiteReader::door)).orElse(DoorSpec.NONE),
        RuleReader.rules(place));
  }

  private static DoorSpec door(Section door) {
    return new DoorSpec(
        door.truth("contact", true),
        door.truth("requestToExit", true),
        door.truth("mechanicalKey", false),
        door.truth("fireDoor", false),
        door.as("openLimit", Durations::parse, "60 s").orElse(null));
  }

  private static Position position(Value value) {
    List<Double> numbers =
        value.list().stream().map(n -> n.as(Double::parseDouble, "a number of metres")).toList();
    if (numbers.size() != 2) {
      throw value.wrong("a position has two numbers.", "[metres east, metres north] is meant.");
    }
    return new Position(numbers.get(0), numbers.get(1));
  }

  private static List<Way> way(Value value) {
    return value.section(
        way -> {
          Duration least = way.get("least").as(Durations::parse, "5 min");
          List<String> between = way.texts("between");
          if (between.isEmpty()) {
            return List.of(new Way(way.get("from").text(), way.get("to").text(), least));
          }
          if (between.size() != 2) {
            throw way.wrong("a way is between two places.", "between: [gate-1, gate-2] is meant.");
          }
          return List.of(
              new Way(between.get(0), between.get(1), least),
              new Way(between.get(1), between.get(0), least));
        });
  }

  private static RuleSpec rule(Value value) {
    return value.section(
        rule -> new RuleSpec(rule.get("places").texts(), RuleReader.rules(rule), value.where()));
  }

  private void settings(String place, Value value) {
    value
        .entries()
        .forEach(
            (model, changes) -> {
              Map<String, String> values = new LinkedHashMap<>();
              changes.entries().forEach((name, to) -> values.put(name, to.text()));
              SettingCheck.check(model, values, changes);
              settings.add(new SettingSpec(model, place, values));
            });
  }
}
